package dev.rookery.sql;

/** What a statement does. */
public enum StatementKind {
    SELECT,
    SHOW,
    DESCRIBE,
    EXISTS,
    EXPLAIN,
    /** Anything else; it was not analysed, and the policy refuses it. */
    OTHER
}
