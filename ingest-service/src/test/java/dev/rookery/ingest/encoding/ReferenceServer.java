package dev.rookery.ingest.encoding;

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
import java.util.Map;

/** ClickHouse over HTTP, as the administrator, in a database of its own. */
final class ReferenceServer implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String database;

    ReferenceServer(String database) {
        this.database = database;
        query("DROP DATABASE IF EXISTS " + database);
        query("CREATE DATABASE " + database);
    }

    String database() {
        return database;
    }

    String query(String sql) {
        var answer = post(sql, Map.of(), new byte[0]);
        if (answer.status != 200) {
            throw new IllegalStateException(sql + ": " + answer.text);
        }
        return answer.text;
    }

    /** Empty if everything was stored, else the error. */
    String insert(String table, String format, Map<String, String> settings, byte[] body) {
        var answer = post("INSERT INTO " + database + "." + table + " FORMAT " + format, settings, body);
        return answer.status == 200 ? "" : answer.text;
    }

    private record Answer(int status, String text) {}

    private Answer post(String sql, Map<String, String> settings, byte[] body) {
        var connection = TestEngines.clickHouse();
        var parameters = new StringBuilder("?enable_time_time64_type=1&allow_suspicious_low_cardinality_types=1&query=")
                .append(encoded(sql));
        settings.forEach(
                (name, value) -> parameters.append('&').append(name).append('=').append(encoded(value)));
        var request = HttpRequest.newBuilder(URI.create(connection.http() + "/" + parameters))
                .header("X-ClickHouse-User", connection.users().admin().user())
                .header("X-ClickHouse-Key", connection.users().admin().password())
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        query("DROP DATABASE IF EXISTS " + database);
        client.close();
    }
}
