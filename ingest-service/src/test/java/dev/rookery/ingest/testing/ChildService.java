package dev.rookery.ingest.testing;

import dev.rookery.ingest.IngestMain;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The ingest service, or one of its roles, in a process that can be killed and paused. */
public final class ChildService implements AutoCloseable {
    private static final String PORT = "--server.port=";

    private final Process process;

    private ChildService(Process process) {
        this.process = process;
    }

    /** Starts the writer role and returns at once; its output is appended to the file. */
    public static ChildService writer(TestPlatform platform, File log) {
        return start(
                platform,
                log,
                "--rookery.ingest.http.enabled=false",
                // What failed during an outage is tried again soon after it.
                "--rookery.ingest.writer.retry-at-most=1s",
                // The least that brokers allow: a killed writer is missed sooner.
                "--spring.kafka.consumer.properties.session.timeout.ms=6000");
    }

    /** Starts the HTTP role on a port and returns at once. */
    public static ChildService http(TestPlatform platform, File log, int port) {
        return start(
                platform,
                log,
                "--rookery.ingest.writer.enabled=false",
                "--rookery.ingest.log.acknowledge-timeout=3s",
                "--rookery.ingest.events.requests-per-second=100000",
                PORT + port);
    }

    private static ChildService start(TestPlatform platform, File log, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                IngestMain.class.getName()));
        List<String> all = platform.arguments(arguments);
        // Said twice, it would be a list.
        if (List.of(arguments).stream().anyMatch(argument -> argument.startsWith(PORT))) {
            all.remove(PORT + "0");
        }
        command.addAll(all);
        try {
            return new ChildService(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it with SIGKILL, and returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the child does not die");
        }
    }

    /** Stops it in its tracks. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("CONT");
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
