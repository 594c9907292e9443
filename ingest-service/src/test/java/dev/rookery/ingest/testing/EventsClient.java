package dev.rookery.ingest.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client of the Events API. Thread safe. */
public final class EventsClient implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final String token;

    public EventsClient(int port, String token) {
        this.base = "http://127.0.0.1:" + port;
        this.token = token;
    }

    /** Another token, the same server. */
    public EventsClient as(String otherToken) {
        return new EventsClient(URI.create(base).getPort(), otherToken);
    }

    /** Sends rows; {@code query} follows the path's question mark. */
    public HttpResponse<String> post(String query, String body) throws IOException, InterruptedException {
        return send(request(query).POST(BodyPublishers.ofString(body)));
    }

    /** A request that already says who calls. */
    public HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create(base + "/v0/events?" + query))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
    }

    /** A request without a token. */
    public HttpRequest.Builder anonymous(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(base + pathAndQuery)).timeout(Duration.ofSeconds(60));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
    }
}
