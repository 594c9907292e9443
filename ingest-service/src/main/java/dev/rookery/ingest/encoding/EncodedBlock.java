package dev.rookery.ingest.encoding;

/**
 * Whole rows, ready to be sent.
 *
 * @param bytes owned by the receiver
 * @param rows at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // a hand-over of bytes, never compared
public record EncodedBlock(byte[] bytes, int rows) {}
