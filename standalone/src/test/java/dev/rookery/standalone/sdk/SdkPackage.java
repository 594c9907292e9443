package dev.rookery.standalone.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The SDK from npm, pinned by a lock file and installed once below {@code target}. */
final class SdkPackage {
    private static final Path SOURCE = Path.of("src", "test", "sdk").toAbsolutePath();
    private static final Path HOME = Path.of("target", "sdk").toAbsolutePath();
    private static final List<String> PINNED = List.of(".npmrc", "package.json", "package-lock.json");

    private SdkPackage() {}

    /** The directory with the package's {@code node_modules}. Skips the test where there is no npm. */
    static synchronized Path installed() throws IOException {
        assumeTrue(isThereNpm(), "npm is missing, which README.md requires: the SDK is not tested");
        Path stamp = HOME.resolve("installed");
        String lock = Files.readString(SOURCE.resolve("package-lock.json"));
        if (Files.exists(stamp) && Files.readString(stamp).equals(lock)) {
            return HOME;
        }
        Files.createDirectories(HOME);
        for (String name : PINNED) {
            Files.copy(SOURCE.resolve(name), HOME.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        var installed =
                run(HOME, Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        assertThat(installed.exitCode()).as(installed.output()).isZero();
        Files.writeString(stamp, lock);
        return HOME;
    }

    static Path source(String name) {
        return SOURCE.resolve(name);
    }

    private static boolean isThereNpm() {
        try {
            return run(Path.of("").toAbsolutePath(), Map.of(), "npm", "--version")
                            .exitCode()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    static SdkProject.Outcome run(Path directory, Map<String, String> environment, String... command)
            throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new SdkProject.Outcome(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
