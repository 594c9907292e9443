package dev.rookery.engines.process;

import dev.rookery.engines.EngineException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second run away from a data directory.
 *
 * <p>The system gives the lock back when its holder dies, so a killed run leaves nothing to clean up. A file beside it
 * names the holder.
 */
public final class DirectoryLock {
    // Closing any handle on a file drops every lock this process holds on it: a directory that this JVM holds must
    // not even be tried again.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private static final Duration DYING_HOLDER_LIMIT = Duration.ofSeconds(1);

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the lock of a directory.
     *
     * @param directory an existing directory
     * @throws EngineException when another run, or another part of this one, holds it
     */
    public static DirectoryLock acquire(Path directory) {
        try {
            Path real = directory.toRealPath();
            if (!HELD_HERE.add(real)) {
                throw inUse(real, String.valueOf(ProcessHandle.current().pid()));
            }
            try {
                return lock(real);
            } catch (IOException | RuntimeException e) {
                HELD_HERE.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw new EngineException("Cannot lock the data directory " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Gives the lock back. */
    public void release() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EngineException("Cannot give back the lock of " + directory + ": " + e.getMessage(), e);
        } finally {
            HELD_HERE.remove(directory);
        }
    }

    private static DirectoryLock lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        Path holder = directory.resolve("lock.pid");
        if (lock == null) {
            channel.close();
            throw inUse(
                    directory, Files.exists(holder) ? Files.readString(holder).strip() : "(unknown)");
        }
        PrivateFiles.write(holder, ProcessHandle.current().pid() + "\n");
        return new DirectoryLock(directory, channel);
    }

    /** A holder that was just killed takes a moment to go: only one that stays is worth an error. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        long deadline = System.nanoTime() + DYING_HOLDER_LIMIT.toNanos();
        FileLock lock = channel.tryLock();
        while (lock == null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(DYING_HOLDER_LIMIT.toNanos() / 20);
            lock = channel.tryLock();
        }
        return lock;
    }

    private static EngineException inUse(Path directory, String pid) {
        return new EngineException("The data directory " + directory + " is in use by process " + pid
                + ": stop it or choose another directory.");
    }
}
