package dev.rookery.standalone.demo;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The history that is reachable from the checked-out commit, read by the {@code git} command. */
final class GitRepository {
    private final Path directory;

    GitRepository(Path directory) {
        this.directory = directory;
    }

    /** Why there is no history to read, as a clause; empty when there is some. */
    Optional<String> missingHistory() {
        try {
            run(List.of("rev-parse", "--git-dir"), in -> {});
        } catch (DemoException e) {
            return Optional.of("%s is not a git repository (%s)".formatted(directory, e.getMessage()));
        }
        try {
            run(List.of("rev-parse", "--verify", "--quiet", "HEAD^{commit}"), in -> {});
            return Optional.empty();
        } catch (DemoException e) {
            return Optional.of("the git repository " + directory + " has no commits yet");
        }
    }

    /** Every commit's hash, newest first. */
    void forEachHash(Consumer<String> consumer) {
        run(List.of("rev-list", "HEAD"), in -> {
            var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                consumer.accept(line);
            }
        });
    }

    /** Every commit with its files, newest first, always in the same order for the same history. */
    void forEachCommit(Consumer<Commit> consumer) {
        // Every option that a user's configuration could turn the other way is spelled out.
        var arguments = List.of(
                "-c",
                "log.showSignature=false",
                "-c",
                "diff.renameLimit=1000",
                "log",
                "-z",
                "--numstat",
                "--find-renames",
                "--no-diff-merges",
                "--no-color",
                "--no-notes",
                "--no-ext-diff",
                "--no-textconv",
                "--encoding=UTF-8",
                "--format=" + GitLogParser.FORMAT,
                "HEAD",
                "--");
        run(arguments, in -> new GitLogParser(new BufferedInputStream(in, 1 << 16)).forEach(consumer));
    }

    private void run(List<String> arguments, OutputReader reader) {
        var command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        // Variables of a surrounding git command (a hook, say) would point to another repository.
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("LC_ALL", "C");
        try {
            await(builder.start(), reader);
        } catch (IOException e) {
            throw new DemoException("git cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted while git was running", e);
        }
    }

    private static void await(Process process, OutputReader reader) throws IOException, InterruptedException {
        try (var out = process.getInputStream();
                var err = process.getErrorStream()) {
            process.getOutputStream().close();
            // Read aside, or a talkative git would block on its full pipe.
            var complaint = new CompletableFuture<String>();
            Thread.ofPlatform().daemon().start(() -> complaint.complete(firstLine(err)));
            reader.read(out);
            if (process.waitFor() != 0) {
                throw new DemoException(complaint.join());
            }
        } finally {
            process.destroy();
        }
    }

    private static String firstLine(InputStream in) {
        try {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("git failed without saying why");
        } catch (IOException e) {
            return "git failed, and its message could not be read: " + e.getMessage();
        }
    }

    /** What to do with the command's output. */
    @FunctionalInterface
    private interface OutputReader {
        void read(InputStream in) throws IOException;
    }
}
