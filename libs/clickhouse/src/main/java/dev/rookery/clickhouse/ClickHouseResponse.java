package dev.rookery.clickhouse;

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
    private final InputStream body;

    ClickHouseResponse(HttpPost request, ClassicHttpResponse response) throws IOException {
        this.request = request;
        this.response = response;
        this.body = response.getEntity() == null
                ? InputStream.nullInputStream()
                : response.getEntity().getContent();
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
        try {
            response.close();
        } catch (IOException e) {
            request.cancel();
        }
    }
}
