package dev.rookery.sql;

import org.jspecify.annotations.Nullable;

/**
 * What an expression consists of, when it is a single thing; where ClickHouse gives such an operand a meaning as an object.
 *
 * @param path set when the expression is only a name, possibly in parentheses
 * @param literal set when it is only a string
 * @param query whether it is only a subquery in parentheses
 */
record Operand(@Nullable Path path, @Nullable Token literal, boolean query) {

    static final Operand COMPOUND = new Operand(null, null, false);
    static final Operand QUERY = new Operand(null, null, true);

    static Operand of(Path path) {
        return new Operand(path, null, false);
    }

    static Operand of(Token literal) {
        return new Operand(null, literal, false);
    }
}
