package dev.rookery.bench.ingest;

import java.util.Map;
import java.util.stream.Collectors;

/** What is printed. */
final class Report {
    private Report() {}

    @SuppressWarnings("SystemOut") // A command's answer to whoever runs it.
    static void line(String text) {
        System.out.println(text);
    }

    static String kept(boolean kept) {
        return kept ? "kept" : "MISSED";
    }

    static String cpu(Map<String, Double> seconds) {
        return seconds.entrySet().stream()
                .map(entry -> "%s %.1f".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ", "(CPU s: ", ")"));
    }
}
