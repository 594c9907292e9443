package dev.rookery.sql;

import org.jspecify.annotations.Nullable;

/**
 * What a SHOW or EXISTS statement asks about. A table it names is also among the statement's references.
 *
 * @param subject the kind of object
 * @param database the database it asks about; null for the current one
 * @param pattern the LIKE pattern, decoded; null if none
 * @param negated whether it is NOT LIKE
 * @param caseInsensitive whether it is ILIKE
 */
public record ShowCommand(
        Subject subject,
        @Nullable String database,
        @Nullable String pattern,
        boolean negated,
        boolean caseInsensitive) {

    /** What can be shown. */
    public enum Subject {
        DATABASES,
        TABLES,
        COLUMNS,
        CREATE_TABLE,
        TABLE,
        DATABASE
    }
}
