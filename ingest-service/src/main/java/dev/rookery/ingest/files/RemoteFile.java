package dev.rookery.ingest.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** A file that is being fetched. Closing it before its end cuts the connection. One thread. */
final class RemoteFile implements AutoCloseable {
    private final HttpGet request;
    private final ClassicHttpResponse response;
    private final RemoteAddress address;
    private final InputStream body;

    /** @param deadline of {@link System#nanoTime} */
    RemoteFile(HttpGet request, ClassicHttpResponse response, RemoteAddress address, long deadline) throws IOException {
        this.request = request;
        this.response = response;
        this.address = address;
        HttpEntity entity = response.getEntity();
        this.body = entity == null ? InputStream.nullInputStream() : new Timed(entity.getContent(), deadline);
    }

    /**
     * What tells a file from another one at the same place; parts that the server does not tell are null.
     *
     * @param length in bytes, or -1
     */
    record Version(@Nullable String etag, @Nullable String lastModified, long length) {
        /** Whether it may be the same file. */
        boolean matches(Version other) {
            return Objects.equals(etag, other.etag)
                    && Objects.equals(lastModified, other.lastModified)
                    && length == other.length;
        }
    }

    InputStream body() {
        return body;
    }

    Version version() {
        HttpEntity entity = response.getEntity();
        return new Version(header("ETag"), header("Last-Modified"), entity == null ? 0 : entity.getContentLength());
    }

    /** Where it was found, after all redirects. */
    RemoteAddress address() {
        return address;
    }

    @Nullable
    String contentType() {
        return header("Content-Type");
    }

    private @Nullable String header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    @Override
    public void close() {
        request.cancel();
        try {
            response.close();
        } catch (IOException e) {
            request.cancel();
        }
    }

    /** Ends with an error when the whole takes too long, however much comes. */
    private static final class Timed extends FilterInputStream {
        private final long deadline;

        Timed(InputStream in, long deadline) {
            super(in);
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            check();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            check();
            return super.read(bytes, offset, length);
        }

        private void check() throws IOException {
            if (System.nanoTime() > deadline) {
                throw new IOException("The file takes too long");
            }
        }
    }
}
