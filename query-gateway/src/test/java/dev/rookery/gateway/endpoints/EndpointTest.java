package dev.rookery.gateway.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.gateway.testing.Http;
import dev.rookery.gateway.testing.Http.Reply;
import dev.rookery.gateway.testing.Tenant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("GET|POST /v0/pipes/{name}.{format}")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointTest {
    private static final Map<String, String> PROJECT = Map.of(
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
            "pipes/slow.pipe",
            """
            NODE endpoint
            SQL >
                SELECT count() AS c FROM numbers(100000000000) WHERE cityHash64(number) = 1
            TYPE endpoint
            """);

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
    }
}
