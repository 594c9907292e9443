package dev.rookery.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads data types, whose parameters can hold names, literals and other types but no expressions. */
final class TypeParser {

    private static final Set<String> TWO_WORDS = Set.of(
            "DOUBLE",
            "CHAR",
            "CHARACTER",
            "NATIONAL",
            "NCHAR",
            "BINARY",
            "INT",
            "INTEGER",
            "TINYINT",
            "SMALLINT",
            "MEDIUMINT",
            "BIGINT",
            "INT1",
            "BYTE");
    private static final Set<String> SECOND_WORDS =
            Set.of("PRECISION", "VARYING", "LARGE", "OBJECT", "UNSIGNED", "SIGNED", "CHARACTER", "CHAR");

    private final Cursor cursor;

    TypeParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Consumes a type and returns its names in upper case, quoted ones included. */
    List<String> type() {
        List<String> words = new ArrayList<>();
        words.add(upper(cursor.expectName("a type")));
        if (TWO_WORDS.contains(words.getFirst())) {
            while (SECOND_WORDS.contains(cursor.peek().keyword())) {
                words.add(cursor.next().keyword());
            }
        }
        if (cursor.accept(TokenType.OPEN_ROUND)) {
            parameters(words);
        }
        return words;
    }

    private void parameters(List<String> words) {
        int open = 1;
        while (open > 0) {
            Token token = cursor.next();
            switch (token.type()) {
                case OPEN_ROUND -> open++;
                case CLOSE_ROUND -> open--;
                case WORD, QUOTED -> words.add(upper(token));
                case STRING, NUMBER, COMMA, MINUS, DOT -> {
                    // Parts of a type that carry no structure.
                }
                case COMPARISON -> {
                    if (token.end() != token.start() + 1) {
                        throw cursor.failAt(token, "Not part of a type");
                    }
                }
                default -> throw cursor.failAt(token, "Not part of a type");
            }
        }
    }

    private static String upper(Token name) {
        return name.value().toUpperCase(Locale.ROOT);
    }
}
