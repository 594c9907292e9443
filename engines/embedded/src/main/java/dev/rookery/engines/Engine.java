package dev.rookery.engines;

import dev.rookery.engines.process.ChildProcess;
import dev.rookery.engines.process.DirectoryLock;
import dev.rookery.engines.process.Launch;
import dev.rookery.engines.process.LeftOver;
import dev.rookery.engines.process.PrivateFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One engine that runs as a child process on this machine and keeps its data in a directory of its own.
 *
 * <p>The child ends by itself within seconds when this JVM dies, however it dies. A child that a killed run left
 * behind is stopped before a new one starts. All methods may be called from any thread; a call waits for the one
 * before it.
 */
public abstract class Engine implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    private final EngineKind kind;
    private final Path home;
    private final Path log;

    private @Nullable DirectoryLock lock;
    private volatile @Nullable ChildProcess child;
    private volatile Duration readyAfter = Duration.ZERO;
    private volatile Consumer<Engine> crashListener = engine -> {};

    /**
     * An engine that is not started yet.
     *
     * @param kind what it is
     * @param home its own directory; made when it is missing
     * @param log the file its output is appended to
     */
    protected Engine(EngineKind kind, Path home, Path log) {
        this.kind = kind;
        this.home = home.toAbsolutePath().normalize();
        this.log = log.toAbsolutePath().normalize();
    }

    /** Writes what the child needs and says how to start it. Runs under the directory's lock. */
    protected abstract Launch prepare();

    /**
     * Waits until the child serves.
     *
     * @throws EngineException when it ends or does not serve in time
     */
    protected abstract void awaitReady(ChildProcess started);

    /**
     * Starts the child and returns when it serves.
     *
     * @throws EngineException with one clear line when it does not: a busy port, a directory that is in use or cannot
     *     be written, a missing package
     * @throws IllegalStateException when it runs already
     */
    public final synchronized void start() {
        if (isRunning()) {
            throw new IllegalStateException(kind.title() + " runs already");
        }
        long began = System.nanoTime();
        PrivateFiles.makeDirectory(home);
        if (lock == null) {
            lock = DirectoryLock.acquire(home);
        }
        ChildProcess started = null;
        try {
            LeftOver.of(home).stop();
            Launch launch = prepare();
            started = ChildProcess.start(launch, home, log);
            LeftOver.of(home).record(started.handle());
            awaitReady(started);
        } catch (RuntimeException e) {
            if (started != null) {
                started.kill();
            }
            releaseLock();
            throw e;
        }
        readyAfter = Duration.ofNanos(System.nanoTime() - began);
        child = started;
        ChildProcess watched = started;
        started.onExit(() -> reportCrash(watched));
    }

    /** Stops the child cleanly; one that does not end within seconds is killed. Does nothing when it is not running. */
    public final synchronized void stop() {
        ChildProcess running = child;
        child = null;
        if (running != null) {
            running.stop(STOP_LIMIT);
            LeftOver.of(home).forget();
        }
        releaseLock();
    }

    /** Stops the child if it runs, and starts it again on the same data and ports. */
    public final synchronized void restart() {
        stop();
        start();
    }

    /** Ends the child and all its own children with SIGKILL, for fault tests. The data stays; {@link #start} resumes. */
    public final synchronized void kill() {
        ChildProcess running = child;
        child = null;
        if (running != null) {
            running.kill();
        }
        releaseLock();
    }

    /** Stops the child in its tracks with SIGSTOP, for fault tests: its connections stay open and nothing answers. */
    public final synchronized void pause() {
        requireChild().signal("STOP");
    }

    /** Lets a paused child go on. */
    public final synchronized void resume() {
        requireChild().signal("CONT");
    }

    /** Whether the child process is alive. */
    public final boolean isRunning() {
        ChildProcess current = child;
        return current != null && current.isAlive();
    }

    /**
     * The child's process id.
     *
     * @throws IllegalStateException when it is not running
     */
    public final long pid() {
        return requireChild().pid();
    }

    /** The time the last start took until the engine served. */
    public final Duration readyAfter() {
        return readyAfter;
    }

    /** What this engine is. */
    public final EngineKind kind() {
        return kind;
    }

    /** The directory that holds the engine's data. */
    public final Path home() {
        return home;
    }

    /** The file that the child's output is appended to. */
    public final Path log() {
        return log;
    }

    /**
     * Names who is told when the child ends without having been asked to. Called on a thread of its own.
     *
     * @param listener replaces the one before
     */
    public final void onCrash(Consumer<Engine> listener) {
        crashListener = listener;
    }

    /** The same as {@link #stop}. */
    @Override
    public final void close() {
        stop();
    }

    private void reportCrash(ChildProcess ended) {
        if (child == ended) {
            crashListener.accept(this);
        }
    }

    private ChildProcess requireChild() {
        ChildProcess current = child;
        if (current == null) {
            throw new IllegalStateException(kind.title() + " is not running");
        }
        return current;
    }

    private void releaseLock() {
        if (lock != null) {
            lock.release();
            lock = null;
        }
    }
}
