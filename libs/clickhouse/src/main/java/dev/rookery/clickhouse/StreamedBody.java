package dev.rookery.clickhouse;

import java.io.InputStream;

/**
 * What goes with a statement and is too large for memory. Read once: a statement with it is never repeated.
 *
 * @param length in bytes, exactly
 */
public record StreamedBody(String contentType, long length, InputStream content) {}
