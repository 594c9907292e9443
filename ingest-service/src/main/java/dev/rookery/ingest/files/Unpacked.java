package dev.rookery.ingest.files;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Files without their compression, which their first bytes tell: names and headers are often wrong about it (DS-3). */
final class Unpacked {
    private static final int BUFFER = 64 << 10;

    private Unpacked() {}

    /** The file's bytes; {@link BufferedInputStream#mark} works on them. */
    static BufferedInputStream of(InputStream raw) throws IOException {
        var in = raw instanceof BufferedInputStream buffered ? buffered : new BufferedInputStream(raw, BUFFER);
        byte[] head = Upload.head(in);
        if (head.length > 2 && head[0] == 0x1F && head[1] == (byte) 0x8B) {
            return new BufferedInputStream(new GZIPInputStream(new Members(in), BUFFER), BUFFER);
        }
        if (head.length > 4 && head[0] == 0x28 && head[1] == (byte) 0xB5 && head[2] == 0x2F && head[3] == (byte) 0xFD) {
            return new BufferedInputStream(new ZstdInputStreamNoFinalizer(in), BUFFER);
        }
        return in;
    }

    /**
     * Says that bytes are available until the end is reached: the JDK takes a stream that would have to wait for one that
     * has ended, and would drop every further member of a gzip that comes over the network.
     */
    private static final class Members extends FilterInputStream {
        Members(BufferedInputStream in) {
            super(in);
        }

        @Override
        public int available() throws IOException {
            int available = in.available();
            if (available > 0) {
                return available;
            }
            in.mark(1);
            int next = in.read();
            in.reset();
            return next < 0 ? 0 : 1;
        }
    }
}
