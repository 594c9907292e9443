package dev.rookery.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real git repository in a directory of the test's, untouched by the configuration of whoever runs the test. */
final class TemporaryRepository {
    private final Path directory;
    private int commits;

    TemporaryRepository(Path directory) {
        this.directory = directory;
        git("init", "-q", "-b", "main");
        git("config", "user.name", "Ada Lovelace");
        git("config", "user.email", "ada@example.com");
        git("config", "commit.gpgsign", "false");
    }

    TemporaryRepository write(String path, String content) {
        return write(path, content.getBytes(StandardCharsets.UTF_8));
    }

    TemporaryRepository write(String path, byte[] content) {
        try {
            var file = directory.resolve(path);
            var parent = file.getParent();
            assertThat(parent).isNotNull();
            Files.createDirectories(parent);
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Commits everything, empty commits and messages included; later commits carry later days of January 2024. */
    TemporaryRepository commit(String message, String... options) {
        git("add", "-A");
        var command = new ArrayList<>(List.of("commit", "-q", "--allow-empty", "--allow-empty-message", "-m", message));
        command.addAll(List.of(options));
        git(command.toArray(String[]::new));
        return this;
    }

    TemporaryRepository git(String... arguments) {
        try {
            var command = new ArrayList<>(List.of("git"));
            command.addAll(List.of(arguments));
            var builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
            var day = "2024-01-%02dT12:00:00Z".formatted(++commits);
            builder.environment()
                    .putAll(Map.of(
                            "GIT_CONFIG_GLOBAL",
                            "/dev/null",
                            "GIT_CONFIG_NOSYSTEM",
                            "1",
                            "GIT_AUTHOR_DATE",
                            day,
                            "GIT_COMMITTER_DATE",
                            day));
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
