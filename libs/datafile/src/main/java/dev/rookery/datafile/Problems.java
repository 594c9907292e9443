package dev.rookery.datafile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file. */
final class Problems {

    private final String path;
    private final List<DatafileError> errors = new ArrayList<>();
    private final List<DatafileError> warnings = new ArrayList<>();

    Problems(String path) {
        this.path = path;
    }

    void error(Position at, String message) {
        add(errors, at, message);
    }

    void warn(Position at, String message) {
        add(warnings, at, message);
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    List<DatafileError> errors() {
        return sorted(errors);
    }

    List<DatafileError> warnings() {
        return sorted(warnings);
    }

    private void add(List<DatafileError> list, Position at, String message) {
        if (list.size() < DatafileParser.MAX_ERRORS) {
            list.add(new DatafileError(path, at, message));
        }
    }

    private static List<DatafileError> sorted(List<DatafileError> list) {
        return list.stream()
                .sorted(Comparator.comparingInt(DatafileError::line).thenComparingInt(DatafileError::column))
                .toList();
    }
}
