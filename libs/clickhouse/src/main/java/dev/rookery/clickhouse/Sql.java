package dev.rookery.clickhouse;

/** Quoting for the statements we write ourselves. */
public final class Sql {
    private Sql() {}

    /** An identifier in back-ticks. */
    public static String identifier(String name) {
        return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
    }

    /** A database and a table in it. */
    public static String table(String database, String table) {
        return identifier(database) + "." + identifier(table);
    }

    /** A string literal. */
    public static String literal(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
