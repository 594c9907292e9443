package dev.rookery.standalone.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A directory in which somebody works with the SDK, below the one where the package is installed. */
final class SdkProject {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CONFIGURATION = "tinybird.config.json";

    private final Path packages;
    private final Path directory;
    private final Map<String, String> environment;

    private SdkProject(Path packages, Path directory, URI platform, String token) {
        this.packages = packages;
        this.directory = directory;
        this.environment = Map.of(
                "TINYBIRD_TOKEN",
                token,
                "ROOKERY_TEST_API",
                platform.toString(),
                "NODE_OPTIONS",
                "--import=" + SdkPackage.source("redirect.mjs").toUri(),
                "NO_COLOR",
                "1");
    }

    /** How a command ended, and what it printed. */
    record Outcome(int exitCode, String output) {}

    static SdkProject create(URI platform, String token) throws IOException {
        Path packages = SdkPackage.installed();
        Path directory = Files.createTempDirectory(packages, "project-");
        // With the dependency in place init installs nothing.
        Files.copy(SdkPackage.source("package.json"), directory.resolve("package.json"));
        Files.copy(SdkPackage.source("client.mjs"), directory.resolve("client.mjs"));
        // The SDK names workspaces after git branches: this project's is its own, not that of the repository around it.
        assertThat(SdkPackage.run(directory, Map.of(), "git", "init", "-q", "-b", "main")
                        .exitCode())
                .isZero();
        return new SdkProject(packages, directory, platform, token);
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** Runs the SDK's command line, which is to succeed; what it printed. */
    String tinybird(String... arguments) throws IOException {
        Outcome outcome = attempt(arguments);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output();
    }

    Outcome attempt(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = packages.resolve("node_modules/.bin/tinybird").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return SdkPackage.run(directory, environment, command);
    }

    /** Runs a script of the project, which is to succeed; what it printed. */
    String node(String script) throws IOException {
        Outcome outcome = SdkPackage.run(directory, environment, "node", script);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output();
    }

    void pointConfigurationAt(URI platform) throws IOException {
        Path file = directory.resolve(CONFIGURATION);
        ObjectNode configuration = (ObjectNode) JSON.readTree(Files.readString(file));
        configuration.put("baseUrl", platform.toString());
        Files.writeString(file, configuration.toString());
    }

    void replace(Path file, String text, String by) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, by));
    }
}
