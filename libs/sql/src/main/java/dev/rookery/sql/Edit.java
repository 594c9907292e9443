package dev.rookery.sql;

import java.util.List;

/** Replaces the characters from {@code start} to {@code end}; {@code start == end} inserts. */
record Edit(int start, int end, String text) {

    private static final String OPERATORS = "-+*/<>=!|:?%@#^";

    /**
     * Applies edits that are ordered by start and do not overlap. Where an edit would let two tokens grow into another one
     * (two quoted names into one with a quote in it, two minus signs into a comment), a space keeps them apart.
     */
    static String apply(String sql, List<Edit> edits) {
        if (edits.isEmpty()) {
            return sql;
        }
        var result = new StringBuilder(sql.length() + edits.size() * 32);
        int copied = 0;
        for (Edit edit : edits) {
            if (edit.start < copied) {
                throw new IllegalStateException("Overlapping edits at " + edit.start);
            }
            append(result, sql, copied, edit.start);
            append(result, edit.text, 0, edit.text.length());
            copied = edit.end;
        }
        append(result, sql, copied, sql.length());
        return result.toString();
    }

    private static void append(StringBuilder result, String piece, int start, int end) {
        if (start == end) {
            return;
        }
        if (!result.isEmpty() && grows(result.charAt(result.length() - 1), piece.charAt(start))) {
            result.append(' ');
        }
        result.append(piece, start, end);
    }

    private static boolean grows(char left, char right) {
        boolean word = Lexer.isWord(left) || left == '$';
        boolean quote = isQuote(right);
        return (word && (quote || Lexer.isWord(right) || right == '$'))
                || (quote && isQuote(left))
                || (OPERATORS.indexOf(left) >= 0 && OPERATORS.indexOf(right) >= 0);
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"' || c == '`';
    }
}
