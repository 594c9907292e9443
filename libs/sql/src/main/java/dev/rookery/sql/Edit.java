package dev.rookery.sql;

import java.util.List;

/** Replaces the characters from {@code start} to {@code end}; {@code start == end} inserts. */
record Edit(int start, int end, String text) {

    /** Applies edits that are ordered by start and do not overlap. */
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
            result.append(sql, copied, edit.start).append(edit.text);
            copied = edit.end;
        }
        return result.append(sql, copied, sql.length()).toString();
    }
}
