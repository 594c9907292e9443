package dev.rookery.clickhouse.types;

import dev.rookery.clickhouse.types.ColumnType.Element;
import dev.rookery.clickhouse.types.ColumnType.JsonType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The arguments of {@code JSON(…)}: limits, typed paths and SKIP clauses, in any order. */
final class JsonTypeParser {

    private final TypeScanner in;
    private final Supplier<ColumnType> type;
    private final List<String> limits = new ArrayList<>();
    private final List<Element> paths = new ArrayList<>();
    private final List<String> skips = new ArrayList<>();

    JsonTypeParser(TypeScanner in, Supplier<ColumnType> type) {
        this.in = in;
        this.type = type;
    }

    JsonType parse() {
        if (in.accept('(') && !in.accept(')')) {
            do {
                argument();
            } while (in.accept(','));
            in.expect(')');
        }
        paths.sort((a, b) -> String.valueOf(a.name()).compareTo(String.valueOf(b.name())));
        return new JsonType(limits, paths, skips);
    }

    private void argument() {
        int start = in.position();
        var word = in.word();
        if (word.equalsIgnoreCase("SKIP")) {
            skip();
        } else if (in.accept('=')) {
            limits.add(word + "=" + in.number());
        } else {
            in.back(start);
            paths.add(new Element(path(), type.get()));
        }
    }

    private void skip() {
        int start = in.position();
        if (in.word().equalsIgnoreCase("REGEXP")) {
            skips.add("REGEXP " + TypePrinter.quoted(in.literal()));
        } else {
            in.back(start);
            skips.add(TypePrinter.identifier(path()));
        }
    }

    private String path() {
        var path = new StringBuilder(in.identifier());
        while (in.accept('.')) {
            path.append('.').append(in.identifier());
        }
        return path.toString();
    }
}
