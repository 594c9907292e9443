package dev.rookery.engines.postgres;

import dev.rookery.engines.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Server processes that still work on a cluster although the run that started them is gone.
 *
 * <p>When a whole process tree is killed with SIGKILL, single processes of the server may outlive the rest; a new
 * server refuses to start as long as one is left. The caller holds the directory's lock, so none belongs to a living
 * run.
 */
record PostgresOrphan(Path cluster) {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    static PostgresOrphan of(Path cluster) {
        return new PostgresOrphan(cluster);
    }

    void stop() {
        var file = new PostmasterFile(cluster);
        Set<ProcessHandle> left = new HashSet<>();
        file.server().ifPresent(server -> {
            left.add(server);
            server.descendants().forEach(left::add);
        });
        ProcessHandle.allProcesses().filter(this::worksHere).forEach(left::add);
        // The write-ahead log makes a kill as good as a shutdown, and it cannot hang.
        left.forEach(ProcessHandle::destroyForcibly);
        left.forEach(PostgresOrphan::awaitEnd);
        file.delete();
    }

    private boolean worksHere(ProcessHandle process) {
        if (process.info().command().filter(c -> c.endsWith("postgres")).isEmpty()) {
            return false;
        }
        try {
            // Linux shows each process's working directory, which for a server process is the cluster.
            Path directory = Path.of("/proc", String.valueOf(process.pid()), "cwd");
            return Files.exists(directory) && Files.isSameFile(directory, cluster);
        } catch (IOException e) {
            return false;
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            CompletableFuture<ProcessHandle> end = process.onExit();
            end.orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            throw new EngineException(
                    "Process " + process.pid() + " of an earlier Postgres does not end: kill it and start again.", e);
        }
    }
}
