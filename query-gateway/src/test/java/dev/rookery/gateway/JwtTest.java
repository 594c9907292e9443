package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.gateway.testing.Gateway;
import dev.rookery.gateway.testing.Http;
import dev.rookery.gateway.testing.Http.Reply;
import dev.rookery.gateway.testing.Tenant;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JWTs at the gateway")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JwtTest {
    private static final String HIDDEN = "globex";

    private final Tenant tenant = Tenant.create("jwt");

    @BeforeAll
    void deploy() {
        tenant.deploy(Map.of(
                "events.datasource",
                """
                SCHEMA >
                    `org_id` String `json:$.org_id`,
                    `n` Int32 `json:$.n`,
                    `text` String `json:$.text`
                """,
                "orders.datasource",
                """
                SCHEMA >
                    `org_id` String `json:$.org_id`,
                    `total` Int32 `json:$.total`
                """,
                "top.pipe",
                """
                NODE endpoint
                SQL >
                    %
                    SELECT n FROM events WHERE org_id = {{String(org)}} ORDER BY n LIMIT {{Int32(lim, 10)}}
                TYPE endpoint
                """,
                "nested.pipe",
                """
                NODE endpoint
                SQL >
                    %
                    SELECT groupArray(n) AS ns, {{String(org, 'none')}} AS own FROM top
                TYPE endpoint
                """,
                "everything.pipe",
                """
                NODE endpoint
                SQL >
                    SELECT org_id, n FROM events ORDER BY n
                TYPE endpoint
                """,
                "deep.pipe",
                """
                NODE first
                SQL >
                    SELECT e.org_id AS org, o.total AS total FROM events AS e JOIN orders AS o ON e.n = o.total

                NODE endpoint
                SQL >
                    SELECT org, total FROM first ORDER BY total
                TYPE endpoint
                """));
        tenant.insert("events", "VALUES ('acme', 1, 'x'), ('acme', 2, '7'), ('globex', 3, 'x')");
        tenant.insert("orders", "VALUES ('acme', 1), ('globex', 2), ('globex', 3)");
    }

    private static String pipe(String resource, String fixed) {
        return "{\"type\":\"PIPES:READ\",\"resource\":\"%s\",\"fixed_params\":%s}".formatted(resource, fixed);
    }

    private static String datasource(String resource, String filter) {
        return "{\"type\":\"DATASOURCES:READ\",\"resource\":\"%s\",\"filter\":\"%s\"}".formatted(resource, filter);
    }

    private static Reply driver(String sql, String token) {
        return Http.send(HttpRequest.newBuilder(
                        URI.create(Gateway.shared().clickHouseInterfaceUrl() + "/?query=" + Http.encode(sql)))
                .header("X-ClickHouse-Key", token)
                .build());
    }

    @Nested
    @DisplayName("fixed parameters (JWT-10)")
    class FixedParameters {
        private final String jwt = tenant.jwt(pipe("top", "{\"org\":\"acme\"}"), pipe("nested", "{\"org\":\"acme\"}"));

        @Test
        @DisplayName("JWT-10: win over the URL, forms, JSON bodies and repeated keys; others are the caller's")
        void win() {
            String own = "\"n\"\n1\n2\n";
            assertThat(Http.get("/v0/pipes/top.csv", jwt).body()).isEqualTo(own);
            assertThat(Http.get("/v0/pipes/top.csv?org=globex", jwt).body()).isEqualTo(own);
            assertThat(Http.get("/v0/pipes/top.csv?org=globex&org=globex&lim=1", jwt)
                            .body())
                    .isEqualTo("\"n\"\n1\n");
            assertThat(Http.post("/v0/pipes/top.csv?org=globex", jwt, "org=globex")
                            .body())
                    .isEqualTo(own);
            assertThat(Http.post("/v0/pipes/top.csv", jwt, "{\"org\":[\"globex\"]}")
                            .body())
                    .isEqualTo(own);
        }

        @Test
        @DisplayName("JWT-10: hold in every pipe that the pipe reads, and under q over _")
        void nested() {
            assertThat(Http.get("/v0/pipes/nested.csv?org=globex", jwt).body())
                    .isEqualTo("\"ns\",\"own\"\n\"[1,2]\",\"acme\"\n");
            String over = Http.encode("% SELECT sum(n) AS s, {{String(org)}} AS own FROM _");
            assertThat(Http.get("/v0/pipes/top.csv?org=globex&q=" + over, jwt).body())
                    .isEqualTo("\"s\",\"own\"\n3,\"acme\"\n");
        }

        @Test
        @DisplayName("JWT-10: hold for pipes named in SQL, each with its own, and for pipeline")
        void inSql() {
            for (String sql : List.of(
                    "SELECT sum(n) FROM top FORMAT CSV", "% SELECT sum(n) FROM (SELECT * FROM top AS x) FORMAT CSV")) {
                assertThat(Http.get("/v0/sql?org=globex&q=" + Http.encode(sql), jwt)
                                .body())
                        .as(sql)
                        .isEqualTo("3\n");
            }
            assertThat(Http.get(
                                    "/v0/sql?org=globex&pipeline=top&q="
                                            + Http.encode("SELECT sum(n) FROM _ FORMAT CSV"),
                                    jwt)
                            .body())
                    .isEqualTo("3\n");
            assertThat(driver("SELECT sum(n) FROM top", jwt).body()).isEqualTo("3\n");
        }

        @Test
        @DisplayName("JWT-10: a nested pipe with values of its own keeps them, wherever it is read")
        void ownValues() {
            String both = tenant.jwt(pipe("nested", "{\"org\":\"acme\"}"), pipe("top", "{\"org\":\"globex\"}"));
            assertThat(Http.get("/v0/pipes/nested.csv?org=x", both).body())
                    .isEqualTo("\"ns\",\"own\"\n\"[3]\",\"acme\"\n");
        }

        @Test
        @DisplayName("JWT-10: two scopes for one pipe add up, and two values for one parameter are refused")
        void twoScopes() {
            String sum = tenant.jwt(pipe("top", "{\"org\":\"acme\"}"), pipe(tenant.pipeId("top"), "{\"lim\":1}"));
            assertThat(Http.get("/v0/pipes/top.csv?org=x&lim=9", sum).body()).isEqualTo("\"n\"\n1\n");
            String torn = tenant.jwt(pipe("top", "{\"org\":\"acme\"}"), pipe("top", "{\"org\":\"globex\"}"));
            Reply refused = Http.get("/v0/pipes/top.csv", torn);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.error()).contains("'org'", "two values");
        }

        @Test
        @DisplayName("JWT-9: the pipe by id in the scope and in the path")
        void byId() {
            String id = tenant.pipeId("top");
            String byId = tenant.jwt(pipe(id, "{\"org\":\"acme\"}"));
            assertThat(Http.get("/v0/pipes/top.csv?org=globex", byId).body()).isEqualTo("\"n\"\n1\n2\n");
            assertThat(Http.get("/v0/pipes/" + id + ".csv?org=globex", jwt).body())
                    .isEqualTo("\"n\"\n1\n2\n");
        }

        @Test
        @DisplayName("GW-21: the OpenAPI document of a JWT has its endpoints, without what is fixed")
        void openApi() {
            var paths = Http.get("/v0/pipes/openapi.json", jwt).json().path("paths");
            assertThat(paths.propertyNames()).anyMatch(path -> path.contains("top.json"));
            assertThat(paths.propertyNames()).noneMatch(path -> path.contains("everything"));
            assertThat(paths.toString()).contains("\"lim\"").doesNotContain("\"org\"");
        }
    }

    @Nested
    @DisplayName("filters (JWT-11)")
    class Filters {
        private final String jwt = tenant.jwt(
                datasource("events", "org_id = 'acme'"),
                datasource("orders", ""),
                pipe("everything", "{}"),
                pipe("deep", "{}"));

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SELECT count() FROM events",
                    "SELECT count() FROM events AS e",
                    "SELECT count() FROM events WHERE 1 OR org_id = 'globex'",
                    "SELECT count() FROM events WHERE org_id != '' OR 1",
                    "SELECT count() FROM (SELECT * FROM events)",
                    "WITH e AS (SELECT * FROM events) SELECT count() FROM e",
                    "WITH 'globex' AS org_id SELECT count() FROM events",
                    "WITH 'acme' AS org_id SELECT count() FROM events",
                    "SELECT count() FROM events PREWHERE 1",
                    "SELECT count() FROM events WHERE n IN (SELECT n FROM events)",
                    "SELECT uniqExact(e.n) FROM events AS e, events AS f",
                    "SELECT count() FROM orders WHERE total IN (SELECT n FROM events)",
                    "SELECT count() FROM orders JOIN events ON total = n",
                    "SELECT sum(c) FROM (SELECT count() AS c FROM events UNION ALL SELECT 0)",
                    "SELECT (SELECT count() FROM events)",
                    "SELECT count() FROM everything",
                    "SELECT count() FROM deep",
                    "SELECT count() FROM events ORDER BY count() LIMIT 1"
                })
        @DisplayName("JWT-11: hold on every direct and indirect read, through SQL and the ClickHouse interface")
        void everywhere(String sql) {
            Reply reply = Http.sql(sql + " FORMAT CSV", jwt);
            assertThat(reply.body()).as(sql).isEqualTo("2\n");
            assertThat(driver(sql, jwt).body()).as(sql).isEqualTo("2\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SELECT count() FROM events SETTINGS additional_table_filters = {}",
                    "SELECT count() FROM (SELECT * FROM events SETTINGS additional_table_filters = {})",
                    "SELECT count() FROM events SETTINGS enable_analyzer = 0",
                    "SELECT count() FROM events SETTINGS optimize_move_to_prewhere_if_final = 1",
                    "SELECT count() FROM merge('events')",
                    "SELECT joinGet(events, 'org_id', 1)",
                    "SELECT joinGet('events', 'org_id', 1)",
                    "SELECT * FROM events_filtered",
                    "SELECT filtered_rows.org_id FROM events",
                    "SELECT * FROM mergeTreeIndex(currentDatabase(), events)",
                    "EXPLAIN SELECT * FROM events"
                })
        @DisplayName("JWT-11: what would read around the filter is refused")
        void around(String sql) {
            for (Reply reply : List.of(Http.sql(sql, jwt), driver(sql, jwt))) {
                assertThat(reply.status()).as(sql + reply.body()).isIn(400, 403);
                assertThat(reply.body()).doesNotContain(HIDDEN, "ws_");
            }
        }

        @Test
        @DisplayName("JWT-11: an endpoint shows only the rows that the filter lets through, however deep it reads")
        void endpoints() {
            assertThat(Http.get("/v0/pipes/everything.csv", jwt).body())
                    .isEqualTo("\"org_id\",\"n\"\n\"acme\",1\n\"acme\",2\n");
            assertThat(Http.get("/v0/pipes/deep.csv", jwt).body())
                    .isEqualTo("\"org\",\"total\"\n\"acme\",1\n\"acme\",2\n");
            assertThat(Http.get("/v0/pipes/everything.csv?q=" + Http.encode("SELECT count() AS c FROM _"), jwt)
                            .body())
                    .isEqualTo("\"c\"\n2\n");
        }

        @Test
        @DisplayName("JWT-9 JWT-11: by the data source's id")
        void byId() {
            String byId = tenant.jwt(datasource(tenant.datasourceId("events"), "n = 3"));
            assertThat(Http.sql("SELECT org_id FROM events FORMAT CSV", byId).body())
                    .isEqualTo("\"globex\"\n");
        }

        @Test
        @DisplayName("rule 12: two filters on one source are refused, one said twice is one")
        void two() {
            String id = tenant.datasourceId("events");
            String torn = tenant.jwt(datasource("events", "n = 1"), datasource(id, "n = 2"));
            Reply refused = Http.sql("SELECT * FROM events", torn);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.error()).contains("more than one filter");
            String open = tenant.jwt(datasource("events", "n = 1"), datasource("events", ""));
            assertThat(Http.sql("SELECT * FROM events", open).status()).isEqualTo(403);
            String twice = tenant.jwt(datasource("events", "n = 1"), datasource("events", "n = 1"));
            assertThat(Http.sql("SELECT count() FROM events FORMAT CSV", twice).body())
                    .isEqualTo("1\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "n = 1) OR (1 = 1",
                    "n IN (SELECT 1)",
                    "1; SELECT 1",
                    "n = 1 SETTINGS readonly = 0",
                    "n = 1 AS x",
                    "(SELECT 1)",
                    "SELECT 1",
                    "in(n, events)",
                    "n = 1 --",
                    "x -> 1",
                    "= 1"
                })
        @DisplayName("JWT-11: a filter that is more than a condition lets nothing through")
        void noCondition(String filter) {
            Reply reply = Http.sql("SELECT * FROM events FORMAT CSV", tenant.jwt(datasource("events", filter)));
            if (reply.status() == 200) {
                assertThat(reply.body()).isEqualTo("\"acme\",1,\"x\"\n");
            } else {
                assertThat(reply.status()).as(reply.body()).isIn(400, 403);
            }
            assertThat(reply.body()).doesNotContain(HIDDEN);
        }

        @Test
        @DisplayName("JWT-11: an error never shows a value of a row that is hidden")
        void errors() {
            String sql = "SELECT toInt32(text) FROM events";
            String seven = tenant.jwt(datasource("events", "text = '7'"));
            assertThat(Http.sql(sql + " FORMAT CSV", seven).body()).isEqualTo("7\n");
            String failing = tenant.jwt(datasource("events", "toInt32(org_id) = 1"));
            Reply reply = Http.sql("SELECT n FROM events", failing);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).doesNotContain("acme", HIDDEN);
        }

        @Test
        @DisplayName("TOK-10 JWT-11: the quarantine is read through the same filter")
        void quarantine() {
            Tenant other = Tenant.create("jwt");
            other.deploy(Map.of("rows.datasource", "SCHEMA >\n    `id` String `json:$.id`\n"));
            String quarantine = other.quarantine("rows");
            Gateway.shared()
                    .clickHouse()
                    .execute("INSERT INTO %s.%s (id) VALUES ('a'), ('b')"
                            .formatted(other.place().database(), quarantine));
            String filtered = other.jwt(datasource("rows", "id = 'a'"));
            assertThat(Http.sql("SELECT id FROM rows_quarantine FORMAT CSV", filtered)
                            .body())
                    .isEqualTo("\"a\"\n");
        }
    }

    @Nested
    @DisplayName("what a JWT may not")
    class Refused {
        @Test
        @DisplayName("JWT-14 GW-9: endpoints and data sources without a scope, also inside SQL")
        void noScope() {
            String jwt = tenant.jwt(pipe("everything", "{}"), datasource("orders", ""));
            for (String path : List.of("/v0/pipes/top.json", "/v0/pipes/nested.json?org=acme")) {
                Reply reply = Http.get(path, jwt);
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.error()).contains("'frontend'", "PIPES:READ");
            }
            for (String sql : List.of(
                    "SELECT * FROM events",
                    "SELECT * FROM orders JOIN events ON 1",
                    "SELECT * FROM events_quarantine",
                    "SELECT * FROM top")) {
                assertThat(Http.sql(sql, jwt).status()).as(sql).isEqualTo(403);
                assertThat(driver(sql, jwt).status()).as(sql).isEqualTo(403);
            }
            assertThat(Http.sql("SELECT 1", tenant.jwt()).status()).isEqualTo(200);
        }

        @Test
        @DisplayName("JWT-13: explain shows SQL, which is for those who may read the workspace")
        void explain() {
            assertThat(Http.get("/v0/pipes/everything/explain", tenant.jwt(pipe("everything", "{}")))
                            .status())
                    .isEqualTo(403);
        }

        @Test
        @DisplayName(
                "JWT-6 JWT-14: expired, of another workspace, signed with another token, in every place for tokens")
        void invalid() {
            String scope = pipe("everything", "{}");
            Tenant stranger = Tenant.create("jwt");
            stranger.adminToken();
            String foreign = stranger.jwt(scope);
            String good = tenant.jwt(scope);
            String mixed = good.substring(0, good.lastIndexOf('.')) + foreign.substring(foreign.lastIndexOf('.'));
            for (String bad : List.of(mixed, good + "A", good.substring(0, good.length() - 4))) {
                assertThat(Http.get("/v0/pipes/everything.json", bad).status()).isEqualTo(403);
                assertThat(Http.get("/v0/pipes/everything.json?token=" + bad, "")
                                .status())
                        .isEqualTo(403);
                assertThat(driver("SELECT 1", bad).status()).isEqualTo(403);
            }
            assertThat(Http.get("/v0/pipes/everything.json", foreign).status()).isIn(403, 404);
            assertThat(Http.get("/v0/pipes/everything.csv?token=" + good, "").body())
                    .contains(HIDDEN);
        }

        @Test
        @DisplayName("JWT-15: a refreshed admin token ends every JWT by the time the refresh answers, within 2 s")
        void refreshed() {
            Tenant own = Tenant.create("jwt");
            own.deploy(Map.of("one.pipe", "NODE n\nSQL >\n    SELECT 1 AS x\nTYPE endpoint\n"));
            String jwt = own.jwt(pipe("one", "{}"));
            assertThat(Http.get("/v0/pipes/one.csv", jwt).status()).isEqualTo(200);
            Instant before = Instant.now();
            own.refreshAdminToken();
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMillis(2_500));
            assertThat(Http.get("/v0/pipes/one.csv", jwt).status()).isEqualTo(403);
            assertThat(Http.get("/v0/pipes/one.csv", own.jwt(pipe("one", "{}"))).status())
                    .isEqualTo(200);
        }
    }
}
