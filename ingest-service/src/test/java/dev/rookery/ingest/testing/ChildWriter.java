package dev.rookery.ingest.testing;

import dev.rookery.ingest.IngestMain;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The writer role alone, in a process that can be killed. */
public final class ChildWriter implements AutoCloseable {
    private final Process process;

    private ChildWriter(Process process) {
        this.process = process;
    }

    /** Starts it and returns at once; its output is appended to the file. */
    public static ChildWriter start(TestPlatform platform, File log) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                IngestMain.class.getName()));
        command.addAll(platform.arguments(
                "--rookery.ingest.http.enabled=false",
                // The least that brokers allow: a killed writer is missed sooner.
                "--spring.kafka.consumer.properties.session.timeout.ms=6000"));
        try {
            return new ChildWriter(new ProcessBuilder(command)
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

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
