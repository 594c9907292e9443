package dev.rookery.datafile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one test, checked. */
final class TestFields {

    static final List<String> NAMES =
            List.of("name", "description", "parameters", "expected_result", "expected_http_status");

    private final Map<String, @Nullable String> values = new HashMap<>();
    private final Map<String, Position> places = new HashMap<>();
    private final Problems problems;

    TestFields(Problems problems) {
        this.problems = problems;
    }

    void put(String name, @Nullable String value, Position at) {
        if (!NAMES.contains(name)) {
            var meant = Suggestions.nearest(name, NAMES)
                    .map(m -> "did you mean " + m + "?")
                    .orElse("expected one of " + String.join(", ", NAMES));
            problems.error(at, "unknown field " + Quoted.shortened(name) + "; " + meant);
        } else if (places.putIfAbsent(name, at) != null) {
            problems.error(at, name + " is given twice");
        } else {
            values.put(name, value);
        }
    }

    TestFile.Case test(Position start) {
        var name = text("name").strip();
        if (name.isEmpty()) {
            problems.error(start, "expected the name of the test");
        }
        var description = withoutLastLineFeeds(text("description"));
        var result = values.get("expected_result");
        return new TestFile.Case(
                name,
                description.isBlank() ? null : description,
                text("parameters").strip(),
                result == null ? null : withoutLastLineFeeds(result),
                status(),
                start);
    }

    private int status() {
        var status = text("expected_http_status").strip();
        if (status.isEmpty()) {
            return 200;
        }
        if (!status.matches("[1-5][0-9][0-9]")) {
            problems.error(
                    places.getOrDefault("expected_http_status", Position.NONE),
                    "expected_http_status is " + Quoted.shortened(status) + ", expected a number from 100 to 599");
            return 200;
        }
        return Integer.parseInt(status);
    }

    private String text(String name) {
        var value = values.get(name);
        return value == null ? "" : value;
    }

    private static String withoutLastLineFeeds(String text) {
        var end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
        }
        return text.substring(0, end);
    }
}
