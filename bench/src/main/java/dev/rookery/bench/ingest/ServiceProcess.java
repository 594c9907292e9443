package dev.rookery.bench.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service's main in a JVM of its own, as it runs in production; settings come through its environment. */
final class ServiceProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Tomcat started on port (\\d+)");
    private static final long START_NANOS = TimeUnit.MINUTES.toNanos(3);

    private final String main;
    private final Path output;
    private final Process process;

    ServiceProcess(String main, Path directory, Map<String, String> environment, List<String> options) {
        this.main = main;
        this.output = directory.resolve(main.substring(main.lastIndexOf('.') + 1) + ".out");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop-" + main));
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Waits for its end; what it printed. */
    String finished() throws InterruptedException {
        if (process.waitFor() != 0) {
            throw new IllegalStateException(main + " said: " + said());
        }
        return said();
    }

    /** Where it listens, once it does. */
    URI listening() throws InterruptedException {
        long deadline = System.nanoTime() + START_NANOS;
        while (System.nanoTime() < deadline && !process.waitFor(100, TimeUnit.MILLISECONDS)) {
            Matcher port = LISTENING.matcher(said());
            if (port.find()) {
                return URI.create("http://127.0.0.1:" + port.group(1));
            }
        }
        throw new IllegalStateException(main + " does not serve: " + said());
    }

    String said() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
