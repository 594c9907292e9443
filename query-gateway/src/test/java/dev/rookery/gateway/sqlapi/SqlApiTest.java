package dev.rookery.gateway.sqlapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.gateway.testing.Gateway;
import dev.rookery.gateway.testing.Http;
import dev.rookery.gateway.testing.Http.Reply;
import dev.rookery.gateway.testing.Tenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("GET|POST /v0/sql")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlApiTest {
    private final Tenant tenant = Tenant.create("sql");
    private String token = "";

    @BeforeAll
    void deploy() {
        tenant.deploy(Map.of("ds.datasource", """
                SCHEMA >
                    `id` UInt64 `json:$.id`,
                    `name` String `json:$.name`
                """, "p.pipe", """
                NODE n
                SQL >
                    %
                    SELECT id, name FROM ds WHERE id >= {{UInt64(min, 0)}}
                """, "secretive.pipe", """
                NODE n
                SQL >
                    %
                    SELECT {{tb_secret('key')}} AS s
                """, "changing_secret.pipe", """
                NODE n
                SQL >
                    %
                    SELECT {{tb_secret('changing', 'none')}} AS s
                """));
        tenant.insert("ds", "VALUES (1, 'one'), (2, 'it''s')");
        tenant.secret("key", "v'al\\ue");
        token = tenant.token("ADMIN");
    }

    @Nested
    class Returns200 {
        @Test
        @DisplayName("SQL-1: JSON by default, FORMAT in the SQL decides")
        void formats() {
            Reply json = Http.sql("SELECT * FROM ds ORDER BY id LIMIT 1", token);
            assertThat(json.status()).as(json.body()).isEqualTo(200);
            assertThat(json.json().path("data").toString()).isEqualTo("[{\"id\":1,\"name\":\"one\"}]");
            Reply csv = Http.sql("SELECT * FROM ds ORDER BY id FORMAT CSV", token);
            assertThat(csv.header("Content-Type")).startsWith("text/csv");
            assertThat(csv.body()).isEqualTo("1,\"one\"\n2,\"it's\"\n");
            Reply tsv = Http.sql("SELECT count() FROM ds FORMAT TabSeparated", token);
            assertThat(tsv.body()).isEqualTo("2\n");
        }

        @Test
        @DisplayName("SQL-2 SQL-3 client-contract 10: form, raw body, template in the body, JSON with arrays")
        void bodies() {
            assertThat(Http.post("/v0/sql", token, "q=SELECT+count()+AS+c+FROM+ds+FORMAT+CSV")
                            .body())
                    .isEqualTo("2\n");
            assertThat(Http.post("/v0/sql", token, "SELECT name = 'q=1' AS c FROM ds LIMIT 1 FORMAT CSV")
                            .body())
                    .isEqualTo("0\n");
            assertThat(Http.post("/v0/sql?x=2", token, "% SELECT name FROM ds WHERE id = {{UInt64(x)}} FORMAT CSV")
                            .body())
                    .isEqualTo("\"it's\"\n");
            assertThat(Http.post(
                                    "/v0/sql",
                                    token,
                                    "{\"q\": \"% SELECT count() FROM ds WHERE id IN {{Array(ids, 'UInt64')}} FORMAT CSV\", \"ids\": [1, 2, 3]}")
                            .body())
                    .isEqualTo("2\n");
        }

        @Test
        @DisplayName("SQL-4 SQL-5: pipes with parameters, and _ for the pipeline")
        void pipes() {
            assertThat(Http.sql("SELECT count() FROM p FORMAT CSV", token).body())
                    .isEqualTo("2\n");
            assertThat(Http.get("/v0/sql?min=2&q=" + Http.encode("SELECT count() FROM p FORMAT CSV"), token)
                            .body())
                    .isEqualTo("1\n");
            assertThat(Http.get("/v0/sql?pipeline=p&q=" + Http.encode("SELECT max(id) FROM _ FORMAT CSV"), token)
                            .body())
                    .isEqualTo("2\n");
        }

        @Test
        @DisplayName("SQL-4 QU-1 QU-2: the quarantine, before its first row and after")
        void quarantine() {
            String sql = "SELECT count(), any(c__error) FROM ds_quarantine FORMAT CSV";
            assertThat(Http.sql(sql, token).body()).isEqualTo("0,\"[]\"\n");
            assertThat(Http.sql("DESCRIBE TABLE (SELECT * FROM ds_quarantine) FORMAT CSV", token)
                            .body())
                    .contains(
                            "\"id\",\"Nullable(String)\"",
                            "\"c__error_column\",\"Array(String)\"",
                            "\"insertion_date\"");
            String table = tenant.quarantine("ds");
            Gateway.shared()
                    .clickHouse()
                    .execute("INSERT INTO %s.%s VALUES ('x', ['id'], ['bad'], NULL, now())"
                            .formatted(tenant.place().database(), table));
            assertThat(Http.sql(sql, token).body()).isEqualTo("1,\"['bad']\"\n");
        }

        @Test
        @DisplayName("client-contract 10: the wrapping of tb sql, 64-bit integers quoted on request")
        void wrapped() {
            assertThat(Http.sql("SELECT * FROM (SELECT id FROM ds ORDER BY id) LIMIT 1 FORMAT JSON", token)
                            .json()
                            .path("data")
                            .toString())
                    .isEqualTo("[{\"id\":1}]");
            assertThat(Http.get(
                                    "/v0/sql?output_format_json_quote_64bit_integers=1&q="
                                            + Http.encode("SELECT id FROM ds ORDER BY id LIMIT 1"),
                                    token)
                            .json()
                            .path("data")
                            .toString())
                    .isEqualTo("[{\"id\":\"1\"}]");
        }

        @Test
        @DisplayName("joins, CTEs, IN with a table, joinGet-free functions, settings, system.one and numbers")
        void shapes() {
            assertThat(Http.sql("""
                                    WITH big AS (SELECT id FROM ds WHERE id > 1)
                                    SELECT count() FROM ds AS a JOIN p AS b ON a.id = b.id
                                    WHERE a.id IN big AND b.id IN (SELECT id FROM ds)
                                    SETTINGS max_threads = 1 FORMAT CSV""", token).body()).isEqualTo("1\n");
            assertThat(Http.sql("SELECT sum(number) FROM numbers(4) FORMAT CSV", token)
                            .body())
                    .isEqualTo("6\n");
            assertThat(Http.sql("SELECT dummy FROM system.one FORMAT CSV", token)
                            .body())
                    .isEqualTo("0\n");
            assertThat(Http.sql("SELECT 1 FORMAT CSV", token).body()).isEqualTo("1\n");
            assertThat(Http.sql("SELECT ds.id FROM ds ORDER BY ds.id LIMIT 1 FORMAT CSV", token)
                            .body())
                    .isEqualTo("1\n");
        }

        @Test
        @DisplayName("SEC: a secret is a value, whatever it holds")
        void secrets() {
            Reply reply = Http.sql("SELECT s FROM secretive", token);
            assertThat(reply.json().path("data").get(0).path("s").asString()).isEqualTo("v'al\\ue");
        }

        @Test
        @DisplayName("SEC: the next query after a change has the new value")
        void changedSecret() {
            for (String value : List.of("first", "second")) {
                tenant.secret("changing", value);
                assertThat(Http.sql("SELECT s FROM changing_secret FORMAT CSV", token)
                                .body())
                        .isEqualTo("\"" + value + "\"\n");
            }
        }
    }

    @Nested
    class Returns400 {
        @Test
        @DisplayName("what is no reading statement")
        void writes() {
            for (String sql : new String[] {
                "INSERT INTO ds VALUES (3, 'x')",
                "DROP TABLE ds",
                "ALTER TABLE ds DELETE WHERE 1",
                "CREATE TABLE x (a UInt8) ENGINE = Memory",
                "SYSTEM SHUTDOWN",
                "SET max_threads = 9",
                "SHOW TABLES",
                "EXPLAIN SELECT * FROM ds",
                "SELECT 1; SELECT 2",
                "SELEC 1",
                "SELECT * FROM ds INTO OUTFILE 'x'",
                "SELECT 1 FORMAT MySQLWire",
                "SELECT 1 FORMAT Protobuf"
            }) {
                Reply reply = Http.sql(sql, token);
                assertThat(reply.status()).as(sql + " " + reply.body()).isEqualTo(400);
                assertThat(reply.error()).isNotBlank();
            }
        }

        @Test
        @DisplayName("unknown names, with their place")
        void unknown() {
            Reply reply = Http.sql("SELECT *\nFROM nothing_here", token);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).contains("nothing_here", "line 2");
            assertThat(Http.get("/v0/sql", token).status()).isEqualTo(400);
        }

        @Test
        @DisplayName("GW-5: a runtime error has ClickHouse's code and no physical name")
        void runtime() {
            Reply reply = Http.sql("SELECT throwIf(id = 2, 'two') FROM ds", token);
            assertThat(reply.status()).as(reply.body()).isEqualTo(400);
            assertThat(reply.header("X-DB-Exception-Code")).isEqualTo("395");
            assertThat(reply.error()).contains("two").doesNotContain("ws_", "t_0", "DB::Exception", "version");
            Reply columns = Http.sql("SELECT ds.nope FROM ds", token);
            assertThat(columns.error()).contains("nope").doesNotContain("ws_", "t_0");
        }

        @Test
        @DisplayName("errors are readable although the client asked for compression")
        void compressedError() {
            Reply reply = Http.send(Http.request("/v0/sql?q=" + Http.encode("SELECT toUInt8('x') FROM ds"), token)
                    .header("Accept-Encoding", "gzip")
                    .build());
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).contains("CANNOT_PARSE");
        }
    }

    @Nested
    class Returns403 {
        @Test
        @DisplayName("SEC: no SQL of a caller's own reads a secret, not even an administrator's")
        void secretsInQueries() {
            for (String sql : new String[] {
                "% SELECT {{tb_secret('key')}}",
                "% SELECT * FROM secretive WHERE s = {{tb_secret('key', 'x')}}",
                "% {% if tb_secret('key') == 'x' %} SELECT 1 {% else %} SELECT 2 {% end %}",
            }) {
                Reply reply = Http.sql(sql, token);
                assertThat(reply.status()).as(reply.body()).isEqualTo(403);
                assertThat(reply.error()).contains("'key'").doesNotContain("v'al");
            }
        }

        @Test
        @DisplayName("TOK-10 TOK-12: each name needs its own scope")
        void scopes() {
            String datasource = tenant.token("DATASOURCES:READ:ds");
            String pipe = tenant.token("PIPES:READ:p");
            assertThat(Http.sql("SELECT count() FROM ds", datasource).status()).isEqualTo(200);
            assertThat(Http.sql("SELECT count() FROM ds_quarantine", datasource).status())
                    .isEqualTo(200);
            assertThat(Http.sql("SELECT count() FROM p", datasource).status()).isEqualTo(403);
            assertThat(Http.sql("SELECT count() FROM p", pipe).status()).isEqualTo(200);
            assertThat(Http.sql("SELECT count() FROM ds", pipe).status()).isEqualTo(403);
            assertThat(Http.sql("SELECT 1 WHERE 1 IN ds", pipe).status()).isEqualTo(403);
            assertThat(Http.sql("SELECT count() FROM n", pipe).status()).isEqualTo(403);
            assertThat(Http.get("/v0/sql?pipeline=p&q=" + Http.encode("SELECT 1 FROM _"), datasource)
                            .status())
                    .isEqualTo(403);
            assertThat(Http.sql("SELECT count() FROM ds, p", tenant.token("WORKSPACE:READ_ALL"))
                            .status())
                    .isEqualTo(200);
            assertThat(Http.sql("SELECT count() FROM ds", tenant.token("DATASOURCES:APPEND:ds"))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    @DisplayName("GW-12 408: longer than allowed, also when the client asks for more time")
    void timeout() {
        Reply reply = Http.sql(
                "SELECT count() FROM numbers(100000000000) WHERE cityHash64(number) = 1 SETTINGS max_execution_time = 500",
                token);
        assertThat(reply.status()).isEqualTo(408);
    }

    @Test
    @DisplayName("413: a body above 1 MiB")
    void tooLarge() {
        assertThat(Http.post("/v0/sql", token, "SELECT '" + "x".repeat(1 << 20) + "'")
                        .status())
                .isEqualTo(413);
    }
}
