package dev.rookery.ingest.files;

import java.io.IOException;
import java.io.InputStream;

/** The rows of a file as NDJSON, made while it is read. One thread. */
abstract class RowLines extends InputStream {
    private final JsonLine line = new JsonLine();
    private int at;

    /** Writes the next row, without a line break; false at the end. */
    abstract boolean next(JsonLine into) throws IOException;

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            if (at == line.length() && !fill()) {
                return count == 0 ? -1 : count;
            }
            int part = Math.min(length - count, line.length() - at);
            System.arraycopy(line.array(), at, bytes, offset + count, part);
            at += part;
            count += part;
        }
        return count;
    }

    private boolean fill() throws IOException {
        line.clear();
        at = 0;
        if (!next(line)) {
            return false;
        }
        line.append('\n');
        return true;
    }
}
