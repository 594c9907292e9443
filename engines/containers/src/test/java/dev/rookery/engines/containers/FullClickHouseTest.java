package dev.rookery.engines.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.engines.Credentials;
import dev.rookery.engines.clickhouse.ClickHouseUsers;
import dev.rookery.engines.testing.TestEngines;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Users and roles of a full ClickHouse server")
class FullClickHouseTest {
    private static final ClickHouseUsers USERS = new ClickHouseUsers(
            new Credentials("admin", "a"), new Credentials("writer", "w"), new Credentials("gateway", "g"));

    @Test
    @DisplayName("are made by statements that ClickHouse's own parser accepts")
    void statementsParse() throws Exception {
        try (var node = TestEngines.newClickHouse();
                var client = HttpClient.newHttpClient()) {
            var admin = node.connection().users().admin();
            var statements = Stream.concat(
                            FullClickHouse.userStatements(USERS).stream(), FullClickHouse.roleStatements(7).stream())
                    .toList();
            for (String statement : statements) {
                String query = "SELECT formatQuery({statement:String})";
                var address = URI.create(node.connection().http() + "/?query=" + encoded(query) + "&param_statement="
                        + encoded(statement.replace("\n", " ")));
                var request = HttpRequest.newBuilder(address)
                        .header("X-ClickHouse-User", admin.user())
                        .header("X-ClickHouse-Key", admin.password())
                        .POST(BodyPublishers.noBody())
                        .build();
                assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                        .as(statement)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    @DisplayName("a role reads the databases of its number only")
    void role() {
        assertThat(FullClickHouse.roleStatements(7))
                .containsExactly(
                        "CREATE ROLE IF NOT EXISTS r0007",
                        "GRANT SELECT ON ws_0007*.* TO r0007",
                        "GRANT r0007 TO gateway");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
