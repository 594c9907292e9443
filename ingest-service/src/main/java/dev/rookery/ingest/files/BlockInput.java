package dev.rookery.ingest.files;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts lines into blocks: each ends with the first line that ends at its size or behind it, so that where a block begins is
 * a function of the bytes alone. Reads from the current block until its end; {@link #next} opens the one behind. One thread.
 */
final class BlockInput extends InputStream {
    private final InputStream in;
    private final long size;
    private final byte[] buffer = new byte[64 << 10];
    private int at;
    private int filled;
    private long read;
    private boolean ended = true;

    /** @param size of a block in bytes, at least */
    BlockInput(InputStream in, long size) {
        this.in = in;
        this.size = size;
    }

    /** To the next block, over what is left of this one; false when there is none. */
    boolean next() throws IOException {
        byte[] rest = new byte[ended ? 0 : buffer.length];
        while (!ended && read(rest, 0, rest.length) >= 0) {
            // Passed over.
        }
        ended = at == filled && !fill();
        read = 0;
        return !ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (ended || (at == filled && !fill())) {
            ended = true;
            return -1;
        }
        int count = Math.min(length, filled - at);
        // Bytes before the size are not searched: a line's end among them ends nothing.
        int free = (int) Math.min(count, Math.max(0, size - 1 - read));
        for (int i = free; i < count; i++) {
            if (buffer[at + i] == '\n') {
                count = i + 1;
                ended = true;
            }
        }
        System.arraycopy(buffer, at, bytes, offset, count);
        at += count;
        read += count;
        return count;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(buffer, 0, buffer.length));
        return filled > 0;
    }
}
