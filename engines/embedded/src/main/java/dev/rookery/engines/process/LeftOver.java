package dev.rookery.engines.process;

import dev.rookery.engines.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The child that an earlier run of this directory may have left behind.
 *
 * <p>Its process id is recorded together with its start time, so that a process that got the same id later is never
 * mistaken for it.
 */
public final class LeftOver {
    private static final Duration OWN_END_LIMIT = Duration.ofSeconds(6);

    // The system derives start times from the clock at boot, which is adjusted now and then.
    private static final long START_TOLERANCE_MILLIS = 2_000;

    private final Path record;

    private LeftOver(Path record) {
        this.record = record;
    }

    /** The record of a directory. */
    public static LeftOver of(Path home) {
        return new LeftOver(home.resolve("child.pid"));
    }

    /** Writes down which process serves this directory. */
    public void record(ProcessHandle child) {
        PrivateFiles.write(record, child.pid() + " " + startMillis(child) + "\n");
    }

    /** Forgets the process after a clean stop. */
    public void forget() {
        try {
            Files.deleteIfExists(record);
        } catch (IOException e) {
            throw new EngineException("Cannot delete " + record + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits for a left-over child to end by itself, as it does when its parent is dead, and kills it when it does not.
     * The caller holds the directory's lock: no living run owns that process.
     */
    public void stop() {
        find().ifPresent(child -> {
            if (!ended(child)) {
                child.descendants().forEach(ProcessHandle::destroyForcibly);
                child.destroyForcibly();
                if (!ended(child)) {
                    throw new EngineException(
                            "Process " + child.pid() + " of an earlier run does not end: kill it and start again.");
                }
            }
        });
        forget();
    }

    private Optional<ProcessHandle> find() {
        if (!Files.exists(record)) {
            return Optional.empty();
        }
        try {
            String[] parts = Files.readString(record).strip().split(" ", -1);
            long pid = Long.parseLong(parts[0]);
            long started = Long.parseLong(parts[1]);
            return ProcessHandle.of(pid)
                    .filter(process -> Math.abs(startMillis(process) - started) < START_TOLERANCE_MILLIS);
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new EngineException("The file " + record + " is damaged: delete it.", e);
        }
    }

    private static boolean ended(ProcessHandle child) {
        try {
            child.onExit()
                    .orTimeout(OWN_END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return true;
        } catch (CompletionException e) {
            return !child.isAlive();
        }
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
