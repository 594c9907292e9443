package dev.rookery.standalone.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the data project in the repository that the tests run in. */
final class GitInsights {
    private GitInsights() {}

    static Path directory() {
        for (@Nullable Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            var project = up.resolve("examples/git-insights");
            if (Files.isDirectory(project)) {
                return project;
            }
        }
        throw new AssertionError("examples/git-insights is not above the working directory");
    }
}
