package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.gateway.testing.Gateway;
import dev.rookery.gateway.testing.Http;
import dev.rookery.gateway.testing.Http.Reply;
import dev.rookery.gateway.testing.Tenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Data sources that another workspace shares (SHR-1, SHR-2)")
class SharedDatasourcesTest {
    private static final String SCHEMA = "SCHEMA >\n    `id` UInt64 `json:$.id`\n";

    private final Tenant owner = Tenant.create("owner").deploy(project());
    private final Tenant reader;
    private final String token;

    SharedDatasourcesTest() {
        reader = Tenant.create("reader")
                .deploy(Map.of("mine.datasource", SCHEMA, "through.pipe", """
                        NODE n
                        SQL >
                            SELECT count() AS c FROM %s.events

                        TYPE endpoint
                        """.formatted(owner.name())));
        owner.insert("events", "VALUES (1), (2), (3)");
        owner.insert("kept", "VALUES (4)");
        reader.insert("mine", "VALUES (2), (3)");
        owner.share("events", reader);
        token = reader.token("ADMIN");
    }

    private static Map<String, String> project() {
        return Map.of(
                "events.datasource",
                SCHEMA,
                "kept.datasource",
                SCHEMA,
                "secretly.pipe",
                "NODE n\nSQL >\n    SELECT * FROM kept\n\nTYPE endpoint\n");
    }

    private String csv(String sql) {
        Reply reply = Http.sql(sql + " FORMAT CSV", token);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.body();
    }

    @Test
    @DisplayName("SHR-1: read by the owner's name, with one's own, and through one's pipes")
    void read() {
        assertThat(csv("SELECT sum(id) FROM %s.events".formatted(owner.name()))).isEqualTo("6\n");
        assertThat(csv("SELECT e.id FROM %s.events AS e JOIN mine USING (id) ORDER BY id".formatted(owner.name())))
                .isEqualTo("2\n3\n");
        assertThat(csv("SELECT id FROM mine ORDER BY id")).isEqualTo("2\n3\n");
        String endpoint = reader.token("PIPES:READ:through");
        assertThat(Http.get("/v0/pipes/through.json", endpoint)
                        .json()
                        .at("/data/0/c")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    @DisplayName("SHR-2: nothing else of the owner's can be read, its quarantine not either")
    void nothingElse() {
        for (String name : List.of("kept", "secretly", "events_quarantine", "n", owner.table("kept"))) {
            Reply reply = Http.sql("SELECT * FROM %s.%s".formatted(owner.name(), name), token);
            assertThat(reply.status()).as(name).isEqualTo(400);
            assertThat(reply.error()).contains(name, "cannot be read");
        }
        for (String table : List.of(owner.table("events"), owner.table("kept"))) {
            assertThat(Http.sql("SELECT * FROM %s.%s".formatted(owner.place().database(), table), token)
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    @DisplayName("TOK-10: a token needs the scope, under the name with the owner")
    void scopes() {
        String sql = "SELECT count() FROM %s.events".formatted(owner.name());

        assertThat(Http.sql(sql, reader.token("DATASOURCES:READ:%s.events".formatted(owner.name())))
                        .status())
                .isEqualTo(200);
        assertThat(Http.sql(sql, reader.token("DATASOURCES:READ:events")).status())
                .isEqualTo(400);
        assertThat(Http.sql(sql, Tenant.create("stranger").token("ADMIN")).status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("JWT-11: a filter on the name with the owner holds in the caller's SQL and inside pipes")
    void filtered() {
        String name = owner.name() + ".events";
        String jwt = reader.jwt(
                "{\"type\":\"DATASOURCES:READ\",\"resource\":\"%s\",\"filter\":\"id > 1\"}".formatted(name),
                "{\"type\":\"PIPES:READ\",\"resource\":\"through\"}");

        assertThat(Http.sql(
                                "SELECT groupArray(id) FROM (SELECT id FROM %s ORDER BY id) FORMAT CSV".formatted(name),
                                jwt)
                        .body())
                .isEqualTo("\"[2,3]\"\n");
        assertThat(Http.get("/v0/pipes/through.json", jwt)
                        .json()
                        .at("/data/0/c")
                        .asInt())
                .isEqualTo(2);
        String other = reader.jwt("{\"type\":\"DATASOURCES:READ\",\"resource\":\"events\",\"filter\":\"id > 1\"}");
        assertThat(Http.sql("SELECT count() FROM " + name, other).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("E4: what the owner deploys is read from then on, and a share that has ended is over at once")
    void follows() {
        String sql = "SELECT count() FROM %s.events".formatted(owner.name());
        assertThat(csv(sql)).isEqualTo("3\n");

        owner.deploy(project());
        owner.insert("events", "VALUES (9)");
        Gateway.shared().bean(ChangeLog.class).commitAndAwait(() -> "everything before");
        assertThat(csv(sql)).isEqualTo("1\n");

        owner.unshare("events", reader);
        assertThat(Http.sql(sql, token).status()).isEqualTo(400);
        assertThat(Http.get("/v0/pipes/through.json", token).status()).isEqualTo(400);
    }
}
