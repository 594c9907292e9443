package dev.rookery.clickhouse;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/**
 * A running answer of ClickHouse. Reading the body to its end and closing gives the connection back; closing before the
 * end cuts the connection, which cancels the query. Not thread safe, except {@link #cancel}.
 */
public final class ClickHouseResponse implements AutoCloseable {
    private final HttpPost request;
    private final ClassicHttpResponse response;
    private final Body body;

    ClickHouseResponse(HttpPost request, ClassicHttpResponse response) throws IOException {
        this.request = request;
        this.response = response;
        this.body = new Body(
                response.getEntity() == null
                        ? InputStream.nullInputStream()
                        : response.getEntity().getContent());
    }

    /** The bytes as ClickHouse sends them. */
    public InputStream body() {
        return body;
    }

    /** A response header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    /** Cuts the connection, whatever is being read; ClickHouse then cancels the query. */
    public void cancel() {
        request.cancel();
    }

    @Override
    public void close() {
        if (!body.ended) {
            // The client would read the rest first, which for an endless answer never ends.
            request.cancel();
        }
        try {
            response.close();
        } catch (IOException e) {
            request.cancel();
        }
    }

    /** Knows whether the end was seen. Closing it closes nothing: that is for {@link #close} to decide. */
    private static final class Body extends FilterInputStream {
        private boolean ended;

        Body(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            ended |= next < 0;
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            ended |= count < 0;
            return count;
        }

        @Override
        public void close() {
            // See above.
        }
    }
}
