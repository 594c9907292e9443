package dev.rookery.ingest.testing;

import dev.rookery.engines.clickhouse.ClickHouseConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Statements as the server's administrator. Thread safe. */
public final class TestClickHouse {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ClickHouseConnection connection;

    public TestClickHouse(ClickHouseConnection connection) {
        this.connection = connection;
    }

    /** Runs a statement; its answer without the last line break. */
    public String execute(String statement) {
        var admin = connection.users().admin();
        var request = HttpRequest.newBuilder(connection.http())
                .header("X-ClickHouse-User", admin.user())
                .header("X-ClickHouse-Key", admin.password())
                .POST(HttpRequest.BodyPublishers.ofString(statement))
                .build();
        try {
            var response = CLIENT.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(statement + ": " + response.body());
            }
            return response.body().stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A count of rows. */
    public long count(String table) {
        return Long.parseLong(execute("SELECT count() FROM " + table));
    }
}
