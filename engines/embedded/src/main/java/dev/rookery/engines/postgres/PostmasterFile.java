package dev.rookery.engines.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file in which a running server writes down its process id and its state. */
record PostmasterFile(Path cluster) {
    private static final int STATE_LINE = 7;

    /** Whether the server accepts connections. */
    boolean isReady() {
        List<String> lines = lines();
        return lines.size() > STATE_LINE && lines.get(STATE_LINE).strip().equals("ready");
    }

    /** The server that the file names, if such a process exists and is a Postgres. */
    Optional<ProcessHandle> server() {
        return lines().stream()
                .findFirst()
                .map(String::strip)
                .filter(line -> line.chars().allMatch(Character::isDigit) && !line.isEmpty())
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
                .filter(process -> process.info()
                        .command()
                        .filter(c -> c.endsWith("postgres"))
                        .isPresent());
    }

    void delete() {
        try {
            Files.deleteIfExists(path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(path());
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path() {
        return cluster.resolve("postmaster.pid");
    }
}
