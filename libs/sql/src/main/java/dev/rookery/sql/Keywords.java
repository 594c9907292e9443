package dev.rookery.sql;

import java.util.Set;

/** Bare words that ClickHouse 26.7 does not read as an alias without AS; asked of the engine for all its keywords. */
final class Keywords {

    private static final Set<String> NO_ALIAS = Set.of(
            "ALL",
            "ANTI",
            "ANY",
            "ARRAY",
            "AS",
            "ASOF",
            "BETWEEN",
            "CROSS",
            "ELSE",
            "EXCEPT",
            "FINAL",
            "FORMAT",
            "FROM",
            "FULL",
            "GLOBAL",
            "GROUP",
            "HAVING",
            "ILIKE",
            "INNER",
            "INTERSECT",
            "INTO",
            "JOIN",
            "LEFT",
            "LIKE",
            "LIMIT",
            "NATURAL",
            "NOT",
            "OFFSET",
            "ON",
            "ONLY",
            "ORDER",
            "PARALLEL",
            "PASTE",
            "PREWHERE",
            "QUALIFY",
            "RIGHT",
            "SAMPLE",
            "SEMI",
            "SETTINGS",
            "STREAM",
            "UNION",
            "USING",
            "WHERE",
            "WINDOW",
            "WITH");

    /** Words after a table that newer versions read as syntax: refused as an alias rather than guessed. */
    private static final Set<String> NO_TABLE_ALIAS =
            Set.of("UUID", "SELECT", "PIVOT", "UNPIVOT", "MATCH_RECOGNIZE", "TABLESAMPLE", "LATERAL");

    private Keywords() {}

    static boolean isAlias(Token token) {
        return token.is(TokenType.QUOTED) || (token.is(TokenType.WORD) && !NO_ALIAS.contains(token.keyword()));
    }

    static boolean isTableAlias(Token token) {
        return isAlias(token) && !NO_TABLE_ALIAS.contains(token.keyword());
    }
}
