package dev.rookery.bench.ingest;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A workspace, made and deployed through the API. */
final class Tenant {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String BOUNDARY = "----project-8a51c3";
    private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\n";
    private static final long LOOK_AGAIN_NANOS = 100_000_000;

    private final Installation on;
    private final String token;
    private final String database;

    private Tenant(Installation on, String token, String database) {
        this.on = on;
        this.token = token;
        this.database = database;
    }

    /** One with these data sources, name to datafile, live. */
    static Tenant with(Installation on, String name, Map<String, String> datasources) throws IOException {
        Set<String> others = databases(on);
        String token = call(on, on.userToken(), "/v1/workspaces?name=" + name, "", "")
                .path("token")
                .asString();
        call(on, token, "/v1/deploy?auto_promote=true", MULTIPART, project(datasources));
        String first = datasources.keySet().iterator().next();
        while (!takes(on, token, first)) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        String mine = databases(on).stream()
                .filter(database -> !others.contains(database))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no database of " + name));
        return new Tenant(on, token, mine);
    }

    private static String project(Map<String, String> datasources) {
        StringBuilder body = new StringBuilder();
        datasources.forEach((source, text) -> body.append("--%s\r\n".formatted(BOUNDARY))
                .append("Content-Disposition: form-data; name=\"data_project://\"; ")
                .append("filename=\"datasources/%s.datasource\"\r\n".formatted(source))
                .append("Content-Type: text/plain\r\n\r\n%s\r\n".formatted(text)));
        return body.append("--%s--\r\n".formatted(BOUNDARY)).toString();
    }

    private static Set<String> databases(Installation on) throws IOException {
        return Set.copyOf(on.clickHouse()
                .execute("SELECT name FROM system.databases WHERE name LIKE 'ws\\_%' FORMAT TSV")
                .lines()
                .toList());
    }

    /** Where its tables are. */
    String database() {
        return database;
    }

    /** The tables of its data sources, which have generated names; quarantine tables are made later. */
    List<String> tables() throws IOException {
        return on.clickHouse()
                .execute(
                        "SELECT database || '.' || name FROM system.tables WHERE database = '%s' ORDER BY name FORMAT TSV"
                                .formatted(database))
                .lines()
                .toList();
    }

    /** Rows in all of its tables. */
    long rows() throws IOException {
        return Long.parseLong(on.clickHouse()
                .execute("SELECT ifNull(sum(total_rows), 0) FROM system.tables WHERE database = '%s'"
                        .formatted(database)));
    }

    /** The head of a request with events. */
    byte[] eventsHead(String source, int length) {
        return eventsHead(on, token, source, length);
    }

    private static byte[] eventsHead(Installation on, String token, String source, int length) {
        return HttpConnection.head(on.events(), "/v0/events?name=" + source, authorization(token), length);
    }

    private static boolean takes(Installation on, String token, String source) throws IOException {
        try (HttpConnection connection = HttpConnection.to(on.events())) {
            return connection.post(eventsHead(on, token, source, 0), new byte[0]) / 100 == 2;
        }
    }

    private static JsonNode call(Installation on, String token, String pathAndQuery, String headers, String text)
            throws IOException {
        URI api = on.api();
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (HttpConnection connection = HttpConnection.to(api)) {
            int status = connection.post(
                    HttpConnection.head(api, pathAndQuery, authorization(token) + headers, body.length), body);
            if (status / 100 != 2) {
                throw new IOException("%s: %d %s".formatted(pathAndQuery, status, connection.answer()));
            }
            return JSON.readTree(connection.answer());
        }
    }

    private static String authorization(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }
}
