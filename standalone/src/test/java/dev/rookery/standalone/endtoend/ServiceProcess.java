package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A service's main in a JVM of its own; settings come through its environment, for everybody reads command lines. */
final class ServiceProcess {
    private static final Pattern LISTENING = Pattern.compile("Tomcat started on port (\\d+)");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String main;
    private final Path log;
    private final Path output;
    private final Process process;

    ServiceProcess(String main, Path directory, Map<String, String> environment) {
        this.main = main;
        // Of its own, also when the same service was started before.
        String name = main.substring(main.lastIndexOf('.') + 1) + "-" + NUMBER.incrementAndGet();
        this.log = directory.resolve(name + ".log");
        this.output = directory.resolve(name + ".out");
        var builder = new ProcessBuilder(command(main, log))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop-" + name));
    }

    private static List<String> command(String main, Path log) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Drookery.log=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                main));
    }

    /** Waits for its end. What it printed is the answer; anything but success is an error. */
    String finished() {
        try {
            assertThat(process.waitFor())
                    .as(() -> main + " said: " + text(output))
                    .isZero();
            return text(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The addresses it listens on, in the order of its ports' opening, once it has opened so many. */
    List<URI> listening(int ports) {
        await(main).atMost(Duration.ofMinutes(3)).until(() -> !process.isAlive() || urls().size() >= ports);
        assertThat(process.isAlive()).as(() -> main + " said: " + text(output)).isTrue();
        return urls();
    }

    private List<URI> urls() {
        return LISTENING
                .matcher(Files.exists(log) ? text(log) : "")
                .results()
                .map((MatchResult match) -> URI.create("http://localhost:" + match.group(1)))
                .toList();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
