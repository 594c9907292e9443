package dev.rookery.datafile;

import org.jspecify.annotations.Nullable;

/**
 * A column of a schema (DFD-2, JP-1). Types and expressions are text on one line, checked for brackets and quotes only.
 *
 * @param name without backticks
 * @param type as written, runs of white space made one space
 * @param jsonPath from {@code $} on, as in {@code $.items[:].id}; null for columns without a path (JP-16)
 * @param expression the column's {@code DEFAULT}, {@code MATERIALIZED}, {@code ALIAS} or {@code EPHEMERAL}
 * @param codec what stands between the brackets of {@code CODEC(…)}
 * @param ttl the column's own {@code TTL} expression
 * @param comment the text of {@code COMMENT '…'} with its escapes resolved
 * @param at where the definition starts; no part of equality
 */
public record Column(
        String name,
        String type,
        @Nullable String jsonPath,
        @Nullable Expression expression,
        @Nullable String codec,
        @Nullable String ttl,
        @Nullable String comment,
        Position at) {

    /**
     * Where a value comes from when the row brings none.
     *
     * @param kind how the expression is used
     * @param sql not empty, except for {@link ExpressionKind#EPHEMERAL}
     */
    public record Expression(ExpressionKind kind, String sql) {}

    /** ClickHouse's kinds of column expression. */
    public enum ExpressionKind {
        DEFAULT,
        MATERIALIZED,
        ALIAS,
        EPHEMERAL
    }
}
