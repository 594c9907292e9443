package dev.rookery.datafile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an {@code INDEXES} block: one {@code [INDEX] name expression TYPE type [GRANULARITY n]} per line or comma. */
final class IndexParser {

    private static final String EXPECTED = "expected INDEX name expression TYPE type GRANULARITY n";

    private final SchemaCursor cursor;
    private final Problems problems;

    private IndexParser(RawDirective directive, Problems problems) {
        this.cursor = new SchemaCursor(directive, problems);
        this.problems = problems;
    }

    static List<IndexSpec> parse(@Nullable RawDirective directive, Problems problems) {
        return directive == null ? List.of() : new IndexParser(directive, problems).indexes();
    }

    private List<IndexSpec> indexes() {
        var indexes = new ArrayList<IndexSpec>();
        cursor.skipSpace();
        while (!cursor.atEnd()) {
            if (!cursor.take(',')) {
                var index = index();
                if (index == null) {
                    cursor.skipLine();
                } else {
                    indexes.add(index);
                }
            }
            cursor.skipSpace();
        }
        return indexes;
    }

    private @Nullable IndexSpec index() {
        var at = cursor.position();
        if (cursor.peekWord().equals("INDEX")) {
            cursor.word();
            cursor.skipSpace();
        }
        var name = cursor.peek() == '`' ? cursor.quoted() : cursor.word();
        var expression = cursor.expression(c -> c.peekWord().equals("TYPE"));
        if (name == null || expression == null) {
            return null;
        }
        if (name.isBlank() || expression.isEmpty() || !cursor.peekWord().equals("TYPE")) {
            problems.error(at, EXPECTED);
            return null;
        }
        cursor.word();
        var type = cursor.expression(c -> c.crossedLine()
                || c.peekWord().equals("GRANULARITY")
                || c.peekWord().equals("INDEX"));
        if (type == null) {
            return null;
        }
        if (type.isEmpty()) {
            problems.error(at, EXPECTED);
            return null;
        }
        return cursor.peekWord().equals("GRANULARITY")
                ? withGranularity(name, expression, type, at)
                : new IndexSpec(name, expression, type, null, at);
    }

    private @Nullable IndexSpec withGranularity(String name, String expression, String type, Position at) {
        cursor.word();
        cursor.skipSpace();
        var numberAt = cursor.position();
        var number = cursor.word();
        if (!number.matches("[1-9][0-9]{0,8}")) {
            problems.error(numberAt, "expected a whole number from 1 behind GRANULARITY");
            return null;
        }
        return new IndexSpec(name, expression, type, Integer.valueOf(number), at);
    }
}
