package dev.rookery.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A statement taken apart into a format string and the texts of its literals. */
record Literals(String format, List<String> texts) {

    private static final Pattern LITERAL = Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\\b\\d+(?:\\.\\d+)?\\b");

    static Literals in(String sql) {
        List<String> texts = new ArrayList<>();
        String format = LITERAL.matcher(sql.replace("%", "%%")).replaceAll(found -> {
            texts.add(found.group());
            return "%s";
        });
        return new Literals(format, List.copyOf(texts));
    }

    Object[] values() {
        return texts.toArray();
    }
}
