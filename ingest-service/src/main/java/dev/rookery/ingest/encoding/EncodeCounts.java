package dev.rookery.ingest.encoding;

/**
 * What became of a body; exact.
 *
 * @param successfulRows rows handed to {@link BlockSink#rows}
 * @param quarantinedRows rows that are JSON objects and do not fit the columns
 * @param invalidLines texts that are not JSON objects (DS-10)
 * @param emptyLines lines of nothing but white space
 * @param bytes of the body
 */
public record EncodeCounts(long successfulRows, long quarantinedRows, long invalidLines, long emptyLines, long bytes) {}
