package dev.rookery.sql;

/** Whether an expression may have an alias, and whether it may go on behind it. */
enum AliasMode {
    NONE,
    /** With AS, at the end: conditions, lists of clauses. */
    WITH_AS,
    /** With or without AS, at the end: the list of a SELECT. */
    SELECTED,
    /** With or without AS, and operators may follow: inside brackets, arguments, CASE. */
    ANY
}
