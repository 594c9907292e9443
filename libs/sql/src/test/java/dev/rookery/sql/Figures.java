package dev.rookery.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.TestReporter;

/** Makes the numbers of a comparison known: to whatever listens to the tests, and in {@code target/figures}. */
final class Figures {

    private Figures() {}

    static void publish(TestReporter reporter, String name, Map<String, Integer> figures) {
        Map<String, String> entries = new TreeMap<>();
        figures.forEach((figure, number) -> entries.put(figure, Integer.toString(number)));
        reporter.publishEntry(entries);
        try {
            java.nio.file.Path directory = Files.createDirectories(java.nio.file.Path.of("target", "figures"));
            Files.writeString(
                    directory.resolve(name + ".txt"),
                    entries.entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                            .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
