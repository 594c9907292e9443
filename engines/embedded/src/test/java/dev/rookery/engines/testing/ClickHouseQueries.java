package dev.rookery.engines.testing;

import dev.rookery.engines.Credentials;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Queries over HTTP for tests. An error's text is the answer's text. */
public final class ClickHouseQueries {
    private ClickHouseQueries() {}

    /** Asks the shared node as its administrator. */
    public static String asAdmin(String query) {
        var connection = TestEngines.clickHouse();
        return run(connection, connection.users().admin(), "", query);
    }

    /** Asks a node; parameters are appended to the address as they are ({@code role=r0001}). */
    public static String run(ClickHouseConnection connection, Credentials user, String parameters, String query) {
        var request = HttpRequest.newBuilder(URI.create(connection.http() + "/?" + parameters))
                .header("X-ClickHouse-User", user.user())
                .header("X-ClickHouse-Key", user.password())
                .POST(BodyPublishers.ofString(query))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
