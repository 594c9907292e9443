package dev.rookery.template;

import java.util.OptionalInt;

/**
 * A rendered statement.
 *
 * @param sql the statement, with the values in it
 * @param maxThreads the thread limit set with {@code max_threads} (TPL-24), at least 1
 */
public record Rendered(String sql, OptionalInt maxThreads) {}
