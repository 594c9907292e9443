package dev.rookery.datafile;

import java.util.Set;
import java.util.function.Predicate;

/** Stops a column's expression at the column's next option, or at the next column when a comma is missing. */
final class ExpressionEnd implements Predicate<SchemaCursor> {

    private static final Set<String> NEXT = Set.of("DEFAULT", "MATERIALIZED", "ALIAS", "EPHEMERAL", "TTL");

    private boolean started;

    @Override
    public boolean test(SchemaCursor cursor) {
        var first = !started;
        started = true;
        if (cursor.peek() == '`') {
            return cursor.atJsonPath() || (!first && cursor.crossedLine());
        }
        // Columns may be called "comment" or "codec", so these count only with what must follow them.
        return switch (cursor.peekWord()) {
            case "COMMENT" -> cursor.peekBehindWord() == '\'';
            case "CODEC" -> cursor.peekBehindWord() == '(';
            default -> NEXT.contains(cursor.peekWord());
        };
    }
}
