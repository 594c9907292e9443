package dev.rookery.sql;

/** In which position a statement names an object. */
public enum ReferenceKind {
    /** A table, view, data source, node or pipe in FROM or JOIN, or the object of DESCRIBE, EXISTS or SHOW. */
    TABLE,
    /**
     * A name to the right of IN. ClickHouse reads it as a column if the tables of the query have one of that name, else as a
     * table; a caller that knows no such table keeps it if it is a single name, and refuses it if it has a database.
     */
    IN_OPERAND,
    /** The first argument of {@code joinGet}, {@code dictGet} and their kin, or the table of {@code hasColumnInTable}. */
    FUNCTION_ARGUMENT,
    /** A call in FROM; {@link TableReference#name} is the function's name. */
    TABLE_FUNCTION
}
