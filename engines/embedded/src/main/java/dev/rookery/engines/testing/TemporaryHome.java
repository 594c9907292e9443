package dev.rookery.engines.testing;

import dev.rookery.engines.Engine;
import dev.rookery.engines.EngineException;
import dev.rookery.engines.process.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The temporary directory of this JVM's engines. When the JVM ends, the engines are killed and the directory goes; what
 * a JVM left behind that was killed itself is removed by the next one.
 */
final class TemporaryHome {
    private static final System.Logger LOGGER = System.getLogger(TemporaryHome.class.getName());
    private static final String PREFIX = "rookery-test-";

    private final List<Engine> engines = new CopyOnWriteArrayList<>();
    private @Nullable Path directory;

    synchronized Path directory() {
        Path known = directory;
        if (known == null) {
            Path root = Path.of(System.getProperty("java.io.tmpdir"));
            removeAbandoned(root);
            try {
                known = Files.createTempDirectory(
                        root, PREFIX + ProcessHandle.current().pid() + "-");
            } catch (IOException e) {
                throw new EngineException("Cannot make a directory in " + root + ": " + e.getMessage(), e);
            }
            directory = known;
            Path finished = known;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(finished), "test-engines"));
        }
        return known;
    }

    <T extends Engine> T owned(T engine) {
        engines.add(engine);
        return engine;
    }

    private void remove(Path finished) {
        engines.parallelStream().forEach(Engine::kill);
        DirectoryTree.delete(finished);
    }

    private static void removeAbandoned(Path root) {
        try (Stream<Path> entries = Files.list(root)) {
            entries.filter(TemporaryHome::isAbandoned).forEach(TemporaryHome::removeIfPossible);
        } catch (IOException e) {
            throw new EngineException("Cannot list " + root + ": " + e.getMessage(), e);
        }
    }

    private static void removeIfPossible(Path abandoned) {
        try {
            DirectoryTree.delete(abandoned);
        } catch (EngineException e) {
            // Its engines are still ending and write to it: the next JVM will find it quiet.
            LOGGER.log(System.Logger.Level.DEBUG, "left for later: {0}", e.getMessage());
        }
    }

    private static boolean isAbandoned(Path path) {
        String name = path.getFileName().toString();
        if (!name.startsWith(PREFIX) || !Files.isWritable(path)) {
            return false;
        }
        String pid = name.substring(PREFIX.length()).replaceFirst("-.*", "");
        return !pid.isEmpty()
                && pid.chars().allMatch(Character::isDigit)
                && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }
}
