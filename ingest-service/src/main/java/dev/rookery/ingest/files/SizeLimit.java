package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file that ends with 413 where it is larger than allowed, and that counts its bytes. One thread. */
final class SizeLimit extends FilterInputStream {
    private long limit;
    private final String what;
    private long count;

    /**
     * @param limit in bytes
     * @param what for the message, as in {@code The file}
     */
    SizeLimit(InputStream in, long limit, String what) {
        super(in);
        this.limit = limit;
        this.what = what;
    }

    /** From here on less is allowed, what was read already included. */
    void lower(long less) {
        limit = Math.min(limit, less);
        add(0);
    }

    /** Bytes read so far. */
    long count() {
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            add(1);
        }
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) {
            add(read);
        }
        return read;
    }

    private void add(int bytes) {
        count += bytes;
        if (count > limit) {
            throw tooLarge(limit, what);
        }
    }

    static ApiException tooLarge(long limit, String what) {
        return ApiException.tooLarge("%s is larger than %s; send it in parts".formatted(what, words(limit)));
    }

    private static String words(long bytes) {
        return bytes >= 1 << 30 && bytes % (1 << 30) == 0
                ? "%d GB".formatted(bytes >> 30)
                : bytes >= 1 << 20 ? "%d MB".formatted(bytes >> 20) : "%d bytes".formatted(bytes);
    }
}
