package dev.rookery.gateway.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.gateway.testing.Gateway;
import dev.rookery.gateway.testing.Http;
import dev.rookery.gateway.testing.Http.Reply;
import dev.rookery.gateway.testing.Tenant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("GET|POST /v0/pipes/{name}.{format}")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointTest {
    private static final Map<String, String> PROJECT = project(
            "datasources/visits.datasource",
            """
            SCHEMA >
                `id` UInt64 `json:$.id`,
                `page` String `json:$.page`,
                `at` DateTime `json:$.at`
            """,
            "pipes/pages.pipe",
            """
            NODE filtered
            SQL >
                %
                SELECT * FROM visits WHERE page != {{String(skip, 'none')}}

            NODE endpoint
            SQL >
                %
                SELECT page, count() AS visits, max(id) AS last FROM filtered
                WHERE page IN {{Array(pages, 'String', default='a,b,c')}}
                GROUP BY page ORDER BY page LIMIT {{Int32(lim, 10)}}
            TYPE endpoint
            """,
            "pipes/required.pipe",
            """
            NODE first
            SQL >
                %
                SELECT {{String(one, required=True)}} AS x

            NODE second
            SQL >
                %
                SELECT {{Int32(two, required=True)}} AS y

            NODE endpoint
            SQL >
                SELECT * FROM first, second
            TYPE endpoint
            """,
            "pipes/refusing.pipe",
            """
            NODE endpoint
            SQL >
                %
                {% if defined(teapot) %}{{custom_error({'error': 'I am a teapot', 'code': 7}, 418)}}{% end %}
                {% if not defined(ok) %}{{error('ok is needed')}}{% end %}
                SELECT 1 AS one
            TYPE endpoint
            """,
            "pipes/plain.pipe",
            """
            NODE only
            SQL >
                SELECT 1 AS one
            """,
            "pipes/plain_endpoint.pipe",
            """
            NODE endpoint
            SQL >
                SELECT 1 AS one
            TYPE endpoint
            """,
            "pipes/circle.pipe",
            """
            NODE a
            SQL >
                SELECT * FROM b
            NODE b
            SQL >
                SELECT * FROM a
            TYPE endpoint
            """,
            "pipes/metric.pipe",
            """
            NODE endpoint
            SQL >
                SELECT 'visits' AS name, toFloat64(count()) AS value, 'all of them' AS help, 'counter' AS type,
                       map('page', page) AS labels
                FROM visits GROUP BY page ORDER BY page
            TYPE endpoint
            """,
            "pipes/echo.pipe",
            """
            NODE endpoint
            SQL >
                %
                SELECT {{String(from, 'unset')}} AS from, {{String(debug, 'unset')}} AS debug
            TYPE endpoint
            """,
            "pipes/slow.pipe",
            """
            NODE endpoint
            SQL >
                SELECT count() AS c FROM numbers(100000000000) WHERE cityHash64(number) = 1
                SETTINGS max_execution_time = 1
            TYPE endpoint
            """);

    private static Map<String, String> project(String... pathsAndTexts) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
        }
        return files;
    }

    private final Tenant tenant = Tenant.create("endpoints");
    private String token = "";

    @BeforeAll
    void deploy() {
        tenant.deploy(PROJECT);
        tenant.insert(
                "visits",
                "VALUES (1, 'a', '2026-01-01 00:00:00'), (2, 'a', '2026-01-02 00:00:00'),"
                        + " (9007199254740993, 'b', '2026-01-03 00:00:00')");
        token = tenant.token("ADMIN");
    }

    @Nested
    class Returns200 {
        @Test
        @DisplayName("GW-1 GW-3 the JSON envelope, with 64-bit integers unquoted")
        void json() {
            Reply reply = Http.get("/v0/pipes/pages.json", token);
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).startsWith("application/json");
            assertThat(reply.json().path("meta").toString())
                    .isEqualTo(
                            "[{\"name\":\"page\",\"type\":\"String\"},{\"name\":\"visits\",\"type\":\"UInt64\"},{\"name\":\"last\",\"type\":\"UInt64\"}]");
            assertThat(reply.json().path("data").toString())
                    .isEqualTo(
                            "[{\"page\":\"a\",\"visits\":2,\"last\":2},{\"page\":\"b\",\"visits\":1,\"last\":9007199254740993}]");
            assertThat(reply.json().path("rows").asInt()).isEqualTo(2);
            assertThat(reply.json().path("rows_before_limit_at_least").asInt()).isEqualTo(2);
            assertThat(reply.json().path("statistics").path("rows_read").asInt())
                    .isEqualTo(3);
        }

        @Test
        @DisplayName("GW-2 rule 10: every extension has its format and Content-Type")
        void formats() {
            Reply csv = Http.get("/v0/pipes/pages.csv", token);
            assertThat(csv.header("Content-Type")).startsWith("text/csv");
            assertThat(csv.body()).isEqualTo("\"page\",\"visits\",\"last\"\n\"a\",2,2\n\"b\",1,9007199254740993\n");
            Reply ndjson = Http.get("/v0/pipes/pages.ndjson", token);
            assertThat(ndjson.header("Content-Type")).isEqualTo("application/x-ndjson");
            assertThat(ndjson.body().lines())
                    .containsExactly(
                            "{\"page\":\"a\",\"visits\":2,\"last\":2}",
                            "{\"page\":\"b\",\"visits\":1,\"last\":9007199254740993}");
            Reply parquet = Http.get("/v0/pipes/pages.parquet", token);
            assertThat(parquet.body()).startsWith("PAR1").endsWith("PAR1");
        }

        @Test
        @DisplayName("GW-22 GW-23 Prometheus format")
        void prometheus() {
            Reply reply = Http.get("/v0/pipes/metric.prometheus", token);
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).isEqualTo("text/plain;version=0.0.4;charset=utf-8");
            assertThat(reply.body())
                    .contains("# HELP visits all of them", "# TYPE visits counter", "visits{page=\"a\"} 2");
        }

        @Test
        @DisplayName("client-contract 11: arrays as repeated keys, commas and JSON; scalars in forms and JSON")
        void parameters() {
            assertThat(Http.get("/v0/pipes/pages.json?pages=a&pages=c", token)
                            .json()
                            .path("rows")
                            .asInt())
                    .isEqualTo(1);
            assertThat(Http.get("/v0/pipes/pages.json?pages=a,c", token)
                            .json()
                            .path("rows")
                            .asInt())
                    .isEqualTo(1);
            assertThat(Http.post("/v0/pipes/pages.json", token, "pages=b&lim=1&skip=b")
                            .json()
                            .path("rows")
                            .asInt())
                    .isZero();
            assertThat(Http.post("/v0/pipes/pages.json", token, "{\"pages\": [\"a\", \"b\"], \"lim\": 1}")
                            .json()
                            .path("rows")
                            .asInt())
                    .isEqualTo(1);
        }

        @Test
        @DisplayName("rule 2: reserved parameters are not the pipe's, unknown ones are accepted")
        void reserved() {
            Reply reply =
                    Http.get("/v0/pipes/echo.json?from=ts-sdk&__tb__semver=1&debug=x&cli_version=9&whatever=1", token);
            assertThat(reply.json().path("data").toString()).isEqualTo("[{\"from\":\"unset\",\"debug\":\"unset\"}]");
        }

        @Test
        @DisplayName("rule 12, rule 1: by id, and with the token in the query string")
        void byId() {
            String id = Gateway.shared()
                    .bean(WorkspaceSnapshots.class)
                    .get(tenant.id())
                    .live()
                    .pipe("plain_endpoint")
                    .orElseThrow()
                    .id()
                    .toString();
            assertThat(Http.get("/v0/pipes/" + id + ".json?token=" + token, "wrong")
                            .status())
                    .isEqualTo(403);
            Reply reply = Http.send(HttpRequest.newBuilder(
                            URI.create(Gateway.shared().url() + "/v0/pipes/" + id + ".json?token=" + token))
                    .build());
            assertThat(reply.json().path("data").toString()).isEqualTo("[{\"one\":1}]");
        }

        @Test
        @DisplayName("client-contract 11: q over _ reads the endpoint's result and keeps the extension's format")
        void over() {
            Reply reply = Http.get(
                    "/v0/pipes/pages.json?q=" + Http.encode("SELECT sum(visits) AS s FROM _ FORMAT CSV"), token);
            assertThat(reply.json().path("data").toString()).isEqualTo("[{\"s\":3}]");
        }

        @Test
        @DisplayName(
                "GW-6 SQL-10: x-request-id is a ULID and ClickHouse's query id; the log comment names workspace and pipe")
        void requestId() {
            Reply reply = Http.get("/v0/pipes/pages.json", token);
            String id = reply.header("x-request-id");
            assertThat(id).matches("[0-9A-HJKMNP-TV-Z]{26}");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Gateway.shared()
                                    .clickHouse()
                                    .query("SELECT any(log_comment) AS c FROM system.query_log WHERE query_id = '" + id
                                            + "'")
                                    .getFirst()
                                    .getString("c"))
                            .isEqualTo("{\"workspace\":\"" + tenant.name() + "\",\"pipe\":\"pages\"}"));
        }

        @Test
        @DisplayName("GW-19: __tb__deployment reads the staged deployment, and keeps working after promotion")
        void staging() {
            Tenant own = Tenant.create("staging");
            own.deploy(Map.of("a.pipe", "NODE n\nSQL >\n    SELECT 'live' AS v\nTYPE endpoint\n"));
            own.stage(Map.of("a.pipe", "NODE n\nSQL >\n    SELECT 'staged' AS v\nTYPE endpoint\n"));
            String admin = own.token("ADMIN");
            assertThat(Http.get("/v0/pipes/a.csv", admin).body()).contains("live");
            assertThat(Http.get("/v0/pipes/a.csv?__tb__deployment=staging", admin)
                            .body())
                    .contains("staged");
            assertThat(Http.get("/v0/pipes/a.csv?__tb__deployment=2", admin).body())
                    .contains("staged");
            own.promote();
            assertThat(Http.get("/v0/pipes/a.csv?__tb__deployment=2", admin).body())
                    .contains("staged");
            assertThat(Http.get("/v0/pipes/a.csv?__tb__deployment=77", admin).status())
                    .isEqualTo(404);
        }

        @Test
        @DisplayName("rule 16: gzip on request, unchanged")
        void compressed() throws IOException {
            Reply reply = Http.send(Http.request("/v0/pipes/pages.csv", token)
                    .header("Accept-Encoding", "gzip")
                    .build());
            assertThat(reply.header("Content-Encoding")).isEqualTo("gzip");
            try (var plain =
                    new GZIPInputStream(new ByteArrayInputStream(reply.raw().body()))) {
                assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("\"page\"");
            }
        }

        @Test
        @DisplayName("E4: a table that has gone since the snapshot was taken is found under its new name")
        void refreshed() {
            Tenant own = Tenant.create("refreshed");
            Map<String, String> project = Map.of("d.datasource", "SCHEMA >\n    `x` UInt8\n");
            own.deploy(project);
            String admin = own.token("ADMIN");
            assertThat(Http.sql("SELECT count() AS c FROM d", admin).status()).isEqualTo(200);
            own.swapBehindTheCache("d");
            assertThat(Http.sql("SELECT count() AS c FROM d", admin).status()).isEqualTo(200);
        }
    }

    @Nested
    class Returns400 {
        @Test
        @DisplayName("GW-8: every missing required parameter is named once")
        void missing() {
            Reply reply = Http.get("/v0/pipes/required.json", token);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).contains("Check the parameters one and two.");
        }

        @Test
        @DisplayName("GW-7 GW-8: error() answers its text")
        void templateError() {
            Reply reply = Http.get("/v0/pipes/refusing.json", token);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).isEqualTo("ok is needed");
        }

        @Test
        @DisplayName("a value that does not fit its type")
        void wrongType() {
            Reply reply = Http.get("/v0/pipes/pages.json?lim=many", token);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).contains("lim");
        }

        @Test
        @DisplayName("GW-5: SQL errors carry ClickHouse's code, in the tenant's names")
        void sqlError() {
            Reply reply = Http.get("/v0/pipes/pages.json?q=" + Http.encode("SELECT nothing FROM _"), token);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("X-DB-Exception-Code")).isEqualTo("47");
            assertThat(reply.header("Content-Type")).startsWith("application/json");
            assertThat(reply.error()).contains("nothing", "UNKNOWN_IDENTIFIER").doesNotContain("ws_", "version");
        }

        @Test
        @DisplayName("a body that is no JSON")
        void brokenJson() {
            assertThat(Http.post("/v0/pipes/pages.json", token, "{\"pages\": ").status())
                    .isEqualTo(400);
        }

        @Test
        @DisplayName("nodes that read each other in a circle")
        void circle() {
            Reply reply = Http.get("/v0/pipes/circle.json", token);
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.error()).contains("reads from itself");
        }
    }

    @Nested
    class Returns403 {
        @Test
        @DisplayName("GW-9 TOK-12: without the pipe's scope, and never with that of another")
        void scope() {
            assertThat(Http.get("/v0/pipes/pages.json", tenant.token("PIPES:READ:pages"))
                            .status())
                    .isEqualTo(200);
            Reply other = Http.get("/v0/pipes/pages.json", tenant.token("PIPES:READ:plain_endpoint"));
            assertThat(other.status()).isEqualTo(403);
            assertThat(other.error()).contains("PIPES:READ:pages");
            assertThat(Http.get("/v0/pipes/pages.json", tenant.token("DATASOURCES:READ:visits"))
                            .status())
                    .isEqualTo(403);
        }

        @Test
        @DisplayName("q over _ reads no more than the endpoint: neither its nodes nor its data sources")
        void overNothingElse() {
            String reader = tenant.token("PIPES:READ:pages");
            assertThat(Http.get("/v0/pipes/pages.json?q=" + Http.encode("SELECT * FROM _"), reader)
                            .status())
                    .isEqualTo(200);
            assertThat(Http.get("/v0/pipes/pages.json?q=" + Http.encode("SELECT * FROM filtered"), reader)
                            .status())
                    .isEqualTo(403);
            assertThat(Http.get("/v0/pipes/pages.json?q=" + Http.encode("SELECT * FROM visits"), reader)
                            .status())
                    .isEqualTo(403);
        }

        @Test
        @DisplayName("JWT-19: no token and wrong tokens")
        void noToken() {
            Reply reply =
                    Http.send(HttpRequest.newBuilder(URI.create(Gateway.shared().url() + "/v0/pipes/pages.json"))
                            .build());
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.error()).contains("Authorization");
        }
    }

    @Nested
    class Returns404 {
        @Test
        @DisplayName("GW-10: no such pipe, in the words clients know")
        void unknown() {
            Reply reply = Http.get("/v0/pipes/nope.json", token);
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.error()).isEqualTo("The pipe 'nope' does not exist");
        }

        @Test
        @DisplayName("GW-10: a pipe that is not published")
        void unpublished() {
            Reply reply = Http.get("/v0/pipes/plain.json", token);
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.error()).contains("not published");
        }
    }

    @Nested
    class Returns405 {
        @Test
        @DisplayName("GW-11: other methods, with Allow")
        void method() {
            Reply reply = Http.send(
                    Http.request("/v0/pipes/pages.json", token).DELETE().build());
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("Allow")).contains("GET").contains("POST");
        }
    }

    @Nested
    class Returns408 {
        @Test
        @DisplayName("GW-12: a query that takes too long")
        void timeout() {
            Reply reply = Http.get("/v0/pipes/slow.json", token);
            assertThat(reply.status()).as(reply.body()).isEqualTo(408);
            assertThat(reply.header("X-DB-Exception-Code")).isEqualTo("159");
        }
    }

    @Nested
    class ReturnsWhatThePipeSays {
        @Test
        @DisplayName("TPL-22: custom_error's own status and body")
        void customError() {
            Reply reply = Http.get("/v0/pipes/refusing.json?teapot=1", token);
            assertThat(reply.status()).isEqualTo(418);
            assertThat(reply.json().toString()).isEqualTo("{\"error\":\"I am a teapot\",\"code\":7}");
        }
    }

    @Test
    @DisplayName("rule 13: browsers' preflight")
    void preflight() {
        Reply reply =
                Http.send(HttpRequest.newBuilder(URI.create(Gateway.shared().url() + "/v0/pipes/pages.json"))
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .header("Origin", "https://example.com")
                        .header("Access-Control-Request-Method", "GET")
                        .header("Access-Control-Request-Headers", "authorization")
                        .build());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("*");
    }
}
