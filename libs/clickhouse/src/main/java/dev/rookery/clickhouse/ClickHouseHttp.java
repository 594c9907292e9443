package dev.rookery.clickhouse;

import dev.rookery.catalog.clusters.ClusterCredential;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * ClickHouse's HTTP interface on the hot paths: pooled connections, streaming answers, inserts with a Content-Length.
 * Answers come as ClickHouse sends them, compressed or not. Thread safe.
 */
public final class ClickHouseHttp implements AutoCloseable {
    private static final String EXCEPTION_CODE = "X-ClickHouse-Exception-Code";
    private static final int MAX_ERROR_BYTES = 16_384;

    private final CloseableHttpClient client;

    /**
     * @param maxConnections per replica; further calls wait for a free one
     * @param timeout how long ClickHouse may stay silent, above the longest query time
     */
    public ClickHouseHttp(int maxConnections, Duration timeout) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(maxConnections)
                .setMaxConnTotal(Integer.MAX_VALUE)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(5))
                        .setSocketTimeout(Timeout.of(timeout))
                        // ClickHouse closes an idle connection after 3 s by default.
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(10))
                        .build())
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.ofSeconds(10))
                        .setResponseTimeout(Timeout.of(timeout))
                        .build())
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableRedirectHandling()
                .build();
    }

    /**
     * Sends a statement and returns the running answer.
     *
     * @throws ClickHouseException when ClickHouse answers with an error, or not at all
     */
    public ClickHouseResponse send(URI replica, ClusterCredential credential, ClickHouseRequest request) {
        return send(replica, post(replica, credential, request));
    }

    /** The same, with a body that is read while it is sent. */
    public ClickHouseResponse send(
            URI replica, ClusterCredential credential, ClickHouseRequest request, StreamedBody body) {
        HttpPost post = post(
                replica,
                credential,
                new ClickHouseRequest(request.statement(), new byte[0], request.parameters(), request.headers()));
        post.setEntity(new InputStreamEntity(body.content(), body.length(), ContentType.parse(body.contentType())));
        return send(replica, post);
    }

    private ClickHouseResponse send(URI replica, HttpPost post) {
        try {
            ClassicHttpResponse response = client.executeOpen(null, post, null);
            if (response.getCode() != 200 || response.containsHeader(EXCEPTION_CODE)) {
                try (response) {
                    throw error(response);
                }
            }
            return new ClickHouseResponse(post, response);
        } catch (IOException e) {
            throw new ClickHouseException(
                    ClickHouseException.UNREACHABLE, "ClickHouse at %s does not answer".formatted(replica), e);
        }
    }

    /** Sends a statement and returns its whole answer as text, without a trailing newline. */
    public String text(URI replica, ClusterCredential credential, ClickHouseRequest request) {
        try (ClickHouseResponse response = send(replica, credential, request)) {
            return new String(response.body().readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new ClickHouseException(
                    ClickHouseException.UNREACHABLE, "ClickHouse at %s broke off its answer".formatted(replica), e);
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpPost post(URI replica, ClusterCredential credential, ClickHouseRequest request) {
        StringBuilder query = new StringBuilder("/?");
        request.parameters().forEach((name, value) -> {
            if (name.equals("role")) {
                for (String role : value.split(ClickHouseRequest.ROLE_SEPARATOR, -1)) {
                    append(query, name, role);
                }
            } else {
                append(query, name, value);
            }
        });
        byte[] statement = request.statement().getBytes(StandardCharsets.UTF_8);
        byte[] body = request.body();
        if (body != null) {
            append(query, "query", request.statement());
        }
        HttpPost post = new HttpPost(replica.resolve(query.substring(0, query.length() - 1)));
        post.setEntity(new ByteArrayEntity(body == null ? statement : body, ContentType.APPLICATION_OCTET_STREAM));
        String login = credential.username() + ":" + credential.password();
        post.setHeader(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        request.headers().forEach(post::setHeader);
        return post;
    }

    private static void append(StringBuilder query, String name, String value) {
        query.append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                .append('&');
    }

    private static ClickHouseException error(ClassicHttpResponse response) throws IOException {
        Header code = response.getFirstHeader(EXCEPTION_CODE);
        // Not what the headers say of its charset: a proxy in between may say anything.
        String message = new String(words(response), StandardCharsets.UTF_8).strip();
        return new ClickHouseException(
                code == null ? ClickHouseException.UNREACHABLE : number(code.getValue()),
                message.isEmpty() ? "ClickHouse answered %d".formatted(response.getCode()) : message,
                null);
    }

    /** ClickHouse compresses errors as well, when the client asked for a compressed answer. */
    private static byte[] words(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        Header coding = response.getFirstHeader("Content-Encoding");
        InputStream content = entity.getContent();
        return switch (coding == null ? "" : coding.getValue()) {
            case "" -> content.readNBytes(MAX_ERROR_BYTES);
            case "gzip" -> new GZIPInputStream(content).readNBytes(MAX_ERROR_BYTES);
            case "deflate" -> new InflaterInputStream(content).readNBytes(MAX_ERROR_BYTES);
            // No words are better than rubbish; the code tells what went wrong.
            default -> new byte[0];
        };
    }

    private static int number(String code) {
        try {
            return Integer.parseInt(code);
        } catch (NumberFormatException e) {
            return ClickHouseException.UNREACHABLE;
        }
    }
}
