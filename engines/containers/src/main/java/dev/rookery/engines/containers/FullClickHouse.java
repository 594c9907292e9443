package dev.rookery.engines.containers;

import dev.rookery.engines.Credentials;
import dev.rookery.engines.EngineException;
import dev.rookery.engines.Secrets;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.clickhouse.ClickHouseUsers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.OptionalInt;

/**
 * A full ClickHouse server, whose users and roles are made by SQL: the same users, rights and limits that the embedded
 * node has in its configuration file.
 *
 * @param connection how to reach it; without a pool of roles
 */
record FullClickHouse(ClickHouseConnection connection) {
    static final String ADMIN = "admin";

    private static final String WRITER = "writer";
    private static final String GATEWAY = "gateway";

    /** @param admin a user that may manage users, and grant all there is */
    static FullClickHouse prepare(URI http, int tcpPort, Credentials admin) {
        var users = new ClickHouseUsers(
                admin, new Credentials(WRITER, Secrets.next()), new Credentials(GATEWAY, Secrets.next()));
        var server = new FullClickHouse(new ClickHouseConnection(http, OptionalInt.of(tcpPort), users, 0));
        userStatements(users).forEach(server::run);
        return server;
    }

    static List<String> userStatements(ClickHouseUsers users) {
        return List.of(
                """
                CREATE SETTINGS PROFILE gateway SETTINGS
                    readonly = 2,
                    max_execution_time = 60 MIN 0.001 MAX 600,
                    max_memory_usage = 4000000000 MIN 1 MAX 16000000000,
                    enable_analyzer = 1 CONST,
                    dialect = 'clickhouse' CONST,
                    allow_ddl = 0 CONST,
                    allow_introspection_functions = 0 CONST,
                    cancel_http_readonly_queries_on_client_close = 1 CONST""",
                "CREATE USER %s IDENTIFIED WITH sha256_password BY '%s'"
                        .formatted(WRITER, users.writer().password()),
                "GRANT SELECT, INSERT ON ws_*.* TO " + WRITER,
                "GRANT SELECT, INSERT ON rookery*.* TO " + WRITER,
                "CREATE USER %s IDENTIFIED WITH sha256_password BY '%s' SETTINGS PROFILE 'gateway'"
                        .formatted(GATEWAY, users.gateway().password()),
                "GRANT SELECT ON system.one TO " + GATEWAY);
    }

    static List<String> roleStatements(int number) {
        String role = ClickHouseConnection.role(number);
        return List.of(
                "CREATE ROLE IF NOT EXISTS " + role,
                "GRANT SELECT ON %s*.* TO %s".formatted(ClickHouseConnection.databasePrefix(number), role),
                "GRANT %s TO %s".formatted(role, GATEWAY));
    }

    void createRole(int number) {
        roleStatements(number).forEach(this::run);
    }

    private void run(String statement) {
        Credentials admin = connection.users().admin();
        var request = HttpRequest.newBuilder(connection.http())
                .header("X-ClickHouse-User", admin.user())
                .header("X-ClickHouse-Key", admin.password())
                .POST(BodyPublishers.ofString(statement))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new EngineException("ClickHouse refuses to be set up: " + answer.body());
            }
        } catch (IOException e) {
            throw new EngineException("ClickHouse does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while setting up ClickHouse", e);
        }
    }
}
