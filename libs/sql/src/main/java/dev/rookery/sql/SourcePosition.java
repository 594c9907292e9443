package dev.rookery.sql;

/**
 * A place in a statement.
 *
 * @param offset UTF-16 offset, from 0
 * @param line line, from 1
 * @param column UTF-16 column, from 1
 */
public record SourcePosition(int offset, int line, int column) {}
