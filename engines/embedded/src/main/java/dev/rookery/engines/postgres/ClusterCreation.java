package dev.rookery.engines.postgres;

import dev.rookery.engines.Credentials;
import dev.rookery.engines.EngineException;
import dev.rookery.engines.process.DirectoryTree;
import dev.rookery.engines.process.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Makes the files of a new cluster. An attempt that was cut short leaves nothing that looks like one. */
record ClusterCreation(Path programs, Unprivileged account, Path log) {
    void create(Path cluster, Credentials superuser) {
        Path unfinished = cluster.resolveSibling("cluster.unfinished");
        Path password = cluster.resolveSibling("superuser.password");
        DirectoryTree.delete(unfinished);
        PrivateFiles.write(password, superuser.password() + "\n");
        try {
            int status = new ProcessBuilder(account.command(List.of(
                            programs.resolve("initdb").toString(),
                            "-D",
                            unfinished.toString(),
                            "-U",
                            superuser.user(),
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--no-locale",
                            "--no-sync")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new EngineException("Postgres could not create its files in " + cluster + ": see " + log);
            }
            Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EngineException("Postgres could not create its files: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while Postgres created its files", e);
        } finally {
            delete(password);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new EngineException("Cannot delete " + file + ": " + e.getMessage(), e);
        }
    }
}
