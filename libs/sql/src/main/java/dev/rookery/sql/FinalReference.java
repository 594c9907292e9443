package dev.rookery.sql;

import org.jspecify.annotations.Nullable;

/**
 * An object that a rewritten statement names.
 *
 * @param database null only for what was kept
 * @param name the table, dictionary or table function
 * @param kind in which position it stands
 */
public record FinalReference(@Nullable String database, String name, ReferenceKind kind) {}
