package dev.rookery.engines.process;

import dev.rookery.engines.EngineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A running child: its output, its signals, its end.
 *
 * <p>Standard input is a pipe that nobody but this JVM holds open, so the child sees its end when this JVM dies.
 * Its output goes to the log file; a line of READY or FAILED on standard output is its answer to being started.
 */
public final class ChildProcess {
    private static final long LOG_LIMIT_BYTES = 20L << 20;

    private final Process process;
    private final Path log;
    private final long logStart;
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private ChildProcess(Process process, Path log, long logStart) {
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    /**
     * Starts a child.
     *
     * @param launch what to run
     * @param directory its working directory
     * @param log the file its output is appended to; started anew when it has grown past 20 MiB
     * @throws EngineException when the program cannot be run
     */
    public static ChildProcess start(Launch launch, Path directory, Path log) {
        try {
            PrivateFiles.makeParent(log);
            long logStart = rotate(log);
            var builder = new ProcessBuilder(InOwnSession.command(launch.command()))
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // Options for this JVM (agents, heap sizes) are not meant for its children.
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
            builder.environment().putAll(launch.environment());
            var child = new ChildProcess(builder.start(), log, logStart);
            child.readOutput();
            child.say(launch.input());
            return child;
        } catch (IOException e) {
            throw new EngineException("Cannot start " + launch.command().getFirst() + ": " + e.getMessage(), e);
        }
    }

    /** READY, or FAILED and a reason; empty when the child ended without saying either. */
    public CompletableFuture<String> answer() {
        return answer;
    }

    /**
     * Waits for the child's end.
     *
     * @return whether it has ended
     */
    public boolean ended(Duration limit) {
        try {
            return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while waiting for process " + process.pid(), e);
        }
    }

    /** Ends the child with SIGTERM, and with SIGKILL when it has not ended within the limit. */
    public void stop(Duration limit) {
        List<ProcessHandle> tree = tree();
        if (process.isAlive()) {
            // A paused process would not see the SIGTERM.
            signal("CONT");
            // Process.destroy would close the pipes too, and the child's last words would fail.
            process.toHandle().destroy();
            if (!ended(limit)) {
                kill();
            }
        }
        killAll(tree);
        closeInput();
    }

    /** Ends the child and its own children with SIGKILL, and waits until they are gone. */
    public void kill() {
        List<ProcessHandle> tree = tree();
        process.destroyForcibly();
        killAll(tree);
        ended(Duration.ofSeconds(10));
        closeInput();
    }

    /**
     * Sends a signal to the child and to its own children.
     *
     * @param name the signal's name without SIG
     */
    public void signal(String name) {
        Signals.send(name, tree());
    }

    /** Whether the child is alive. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The child's process id. */
    public long pid() {
        return process.pid();
    }

    /** The child as the system sees it. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Runs an action on a thread of its own when the child has ended. */
    public void onExit(Runnable action) {
        Thread.ofPlatform().daemon().name("end-" + process.pid()).start(() -> {
            process.onExit().join();
            closeInput();
            action.run();
        });
    }

    /** What the child wrote to its log since it was started. */
    public String output() {
        try (var in = Files.newInputStream(log)) {
            in.skipNBytes(Math.min(logStart, Files.size(log)));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last line the child wrote, as the nearest thing to a reason. */
    public String lastWords() {
        return output().lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("nothing was written", (a, b) -> b);
    }

    private List<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    private static void killAll(List<ProcessHandle> tree) {
        tree.forEach(ProcessHandle::destroyForcibly);
        var ends = new ArrayList<CompletableFuture<ProcessHandle>>();
        tree.forEach(handle -> ends.add(handle.onExit()));
        CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private void say(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            // The child is gone already; what it wrote to its log tells why, and the wait for readiness reports that.
            answer.complete("");
        }
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // Nothing was buffered: the pipe's other end is gone, which is what closing was to bring about.
            answer.complete("");
        }
    }

    private void readOutput() {
        Thread.ofPlatform().daemon().name("output-" + process.pid()).start(() -> {
            try (var reader = new BufferedReader(
                            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                    var copy = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.equals("READY") || line.startsWith("FAILED")) {
                        answer.complete(line);
                    }
                    copy.write(line + "\n");
                    copy.flush();
                }
                answer.complete("");
            } catch (IOException e) {
                answer.complete("");
            }
        });
    }

    private static long rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.exists(log) ? Files.size(log) : 0;
    }
}
