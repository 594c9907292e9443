package dev.rookery.ingest.log;

import dev.rookery.ingest.encoding.EncodedBlock;
import java.nio.ByteBuffer;

/**
 * Encoded rows, as a part of a larger array so that reading the log copies nothing.
 *
 * @param array shared; never written to
 * @param offset of the first byte
 * @param length in bytes
 * @param rows at least 1
 */
public record RowBlock(byte[] array, int offset, int length, int rows) {
    /** The whole of an encoded block. */
    public static RowBlock of(EncodedBlock block) {
        return new RowBlock(block.bytes(), 0, block.bytes().length, block.rows());
    }

    /** Appends the bytes. */
    public void writeTo(ByteBuffer out) {
        out.put(array, offset, length);
    }
}
