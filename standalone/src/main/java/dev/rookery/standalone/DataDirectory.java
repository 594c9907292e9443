package dev.rookery.standalone;

import dev.rookery.engines.EngineException;
import dev.rookery.engines.process.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directory that holds everything of an installation on one machine. */
final class DataDirectory {
    /** What the platform itself puts there: a directory that holds something else is never wiped. */
    private static final List<String> OURS = List.of("engines", "engines.json", "logs", "master.key");

    /** Left alone by wiping, and all that a run which was stopped right after it leaves. */
    private static final String LOCK_HOLDER = "lock.pid";

    private DataDirectory() {}

    /** @throws StandaloneException when the directory is not one of ours, is in use by another run, or cannot be wiped */
    static void wipe(Path data) {
        if (!Files.isDirectory(data)) {
            return;
        }
        try (Stream<Path> content = Files.list(data)) {
            boolean empty = content.findAny().isEmpty();
            boolean ours = Stream.concat(OURS.stream(), Stream.of(LOCK_HOLDER))
                    .anyMatch(name -> Files.exists(data.resolve(name)));
            if (!empty && !ours) {
                throw new StandaloneException(
                        "%s is not a data directory of Rookery; --fresh does not wipe it".formatted(data));
            }
        } catch (IOException e) {
            throw new StandaloneException("cannot read %s: %s".formatted(data, e.getMessage()), e);
        }
        wipeUnlessInUse(data);
    }

    private static void wipeUnlessInUse(Path data) {
        DirectoryLock lock;
        try {
            lock = DirectoryLock.acquire(data);
        } catch (EngineException e) {
            throw new StandaloneException(String.valueOf(e.getMessage()), e);
        }
        try {
            for (String name : OURS) {
                delete(data.resolve(name));
            }
        } finally {
            lock.release();
        }
    }

    private static void delete(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new StandaloneException("cannot wipe %s: %s".formatted(root, e.getMessage()), e);
        }
    }
}
