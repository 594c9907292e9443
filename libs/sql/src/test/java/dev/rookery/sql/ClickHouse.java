package dev.rookery.sql;

import dev.rookery.engines.testing.TestEngines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Asks the shared ClickHouse as its administrator, who may do everything: nothing but our own code stands in the way. */
final class ClickHouse {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private ClickHouse() {}

    record Answer(boolean ok, String body) {}

    /** Runs a statement; parameters are pairs of name and value. */
    static Answer run(String sql, String... parameters) {
        var connection = TestEngines.clickHouse();
        var query = new StringBuilder("/?wait_end_of_query=1");
        for (int i = 0; i < parameters.length; i += 2) {
            query.append('&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        var request = HttpRequest.newBuilder(URI.create(connection.http() + query.toString()))
                .header("X-ClickHouse-User", connection.users().admin().user())
                .header("X-ClickHouse-Key", connection.users().admin().password())
                .POST(BodyPublishers.ofString(sql))
                .build();
        try {
            var response = CLIENT.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode() == 200, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void setUp(String sql) {
        Answer answer = run(sql);
        if (!answer.ok()) {
            throw new IllegalStateException(answer.body());
        }
    }
}
