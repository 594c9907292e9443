package dev.rookery.ingest.events;

import dev.rookery.access.web.ApiException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** A body that ends with 413 at its limit, and with 400 where its compression is damaged. */
final class LimitedInputStream extends FilterInputStream {
    private final DataSize limit;
    private long left;

    LimitedInputStream(InputStream in, DataSize limit) {
        super(in);
        this.limit = limit;
        this.left = limit.toBytes();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count;
        try {
            count = super.read(bytes, offset, length);
        } catch (ClientAbortException gone) {
            throw gone;
        } catch (IOException damaged) {
            throw unreadable(damaged);
        }
        if (count > 0) {
            left -= count;
            if (left < 0) {
                throw tooLarge(limit);
            }
        }
        return count;
    }

    static ApiException tooLarge(DataSize limit) {
        return ApiException.tooLarge(
                "The request body is larger than %d MB; send it in parts".formatted(limit.toMegabytes()));
    }

    /** 400 where the bytes are not what their Content-Encoding says; otherwise the connection is to blame. */
    static RuntimeException unreadable(IOException e) {
        boolean compression = e instanceof ZipException
                || e instanceof EOFException
                || e.getClass().getName().startsWith("com.github.luben.zstd");
        return compression
                ? new ApiException(
                        HttpStatus.BAD_REQUEST, "The body is not complete or not compressed as its header says", e)
                : new java.io.UncheckedIOException(e);
    }
}
