package dev.rookery.bench.ingest;

import dev.rookery.engines.Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** ClickHouse's HTTP interface as somebody uses it who has no platform in front of it. */
record ClickHouseUser(URI server, Credentials login) {

    HttpConnection connect() {
        return HttpConnection.to(server);
    }

    /** Runs a statement on a connection of its own; its answer. */
    String execute(String statement) throws IOException {
        try (HttpConnection connection = connect()) {
            return execute(connection, statement);
        }
    }

    String execute(HttpConnection connection, String statement) throws IOException {
        byte[] body = statement.getBytes(StandardCharsets.UTF_8);
        int status = connection.post(HttpConnection.head(server, "/", headers(), body.length), body);
        if (status != 200) {
            throw new IOException(connection.answer());
        }
        return connection.answer().strip();
    }

    /**
     * The head of an insert of JSON lines.
     *
     * @param settings {@code &name=value…}
     */
    byte[] insertHead(String table, long length, String settings) {
        String statement = URLEncoder.encode("INSERT INTO " + table + " FORMAT JSONEachRow", StandardCharsets.UTF_8);
        return HttpConnection.head(
                server, "/?date_time_input_format=best_effort" + settings + "&query=" + statement, headers(), length);
    }

    private String headers() {
        return "X-ClickHouse-User: %s\r\nX-ClickHouse-Key: %s\r\n".formatted(login.user(), login.password());
    }
}
