package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.gateway.testing.Gateway;
import dev.rookery.gateway.testing.Http;
import dev.rookery.gateway.testing.Http.Reply;
import dev.rookery.gateway.testing.Tenant;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Two tenants with equal names of everything")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTest {
    private static final String SECRET = "belongs-to-the-other";

    private final Tenant mine = Tenant.create("isolation");
    private final Tenant other = Tenant.create("isolation");
    private String token = "";

    @BeforeAll
    void deploy() {
        for (Tenant tenant : List.of(mine, other)) {
            tenant.deploy(Map.of("events.datasource", """
                    SCHEMA >
                        `who` String `json:$.who`
                    """, "top.pipe", """
                    NODE endpoint
                    SQL >
                        SELECT * FROM events
                    TYPE endpoint
                    """));
        }
        mine.insert("events", "VALUES ('mine')");
        other.insert("events", "VALUES ('" + SECRET + "')");
        token = mine.token("ADMIN");
    }

    @Test
    @DisplayName("a token reads its own workspace through every door, and nothing of the other's")
    void ownRowsOnly() {
        assertThat(Http.get("/v0/pipes/top.csv", token).body()).isEqualTo("\"who\"\n\"mine\"\n");
        assertThat(Http.sql("SELECT who FROM events FORMAT CSV", token).body()).isEqualTo("\"mine\"\n");
        assertThat(driver("SELECT who FROM events", token).body()).isEqualTo("mine\n");
        assertThat(Http.get("/v0/pipes/top.csv", other.token("ADMIN")).body()).contains(SECRET);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    @DisplayName("SQL that reaches for what is not the caller's is refused by every door, without a hint")
    void refused(String attack) {
        String sql = attack.replace("OTHER_DB", other.place().database())
                .replace("OTHER_TABLE", other.table("events"))
                .replace("MY_DB", mine.place().database())
                .replace("MY_TABLE", mine.table("events"));
        for (Reply reply : List.of(
                Http.sql(sql, token),
                Http.get("/v0/pipes/top.json?q=" + Http.encode(sql), token),
                driver(sql, token))) {
            assertThat(reply.status()).as(sql + "\n" + reply.body()).isIn(400, 403, 404);
            assertThat(reply.body()).doesNotContain(SECRET, "gateway", "Stack trace");
            if (!sql.contains("ws_")) {
                assertThat(reply.body()).doesNotContain("ws_");
            }
        }
    }

    static Stream<String> attacks() {
        return Stream.of(
                "SELECT * FROM OTHER_DB.OTHER_TABLE",
                "SELECT * FROM OTHER_TABLE",
                "SELECT * FROM MY_DB.MY_TABLE",
                "SELECT * FROM MY_TABLE",
                "SELECT 1 WHERE 'a' IN OTHER_DB.OTHER_TABLE",
                "SELECT 1 WHERE 'a' IN MY_DB.MY_TABLE",
                "SELECT 1 WHERE in('a', MY_DB.MY_TABLE)",
                "SELECT * FROM `OTHER_DB`.`OTHER_TABLE`",
                "SELECT * FROM \"OTHER_DB\".\"OTHER_TABLE\"",
                "SELECT * FROM events, OTHER_DB.OTHER_TABLE",
                "WITH x AS (SELECT * FROM OTHER_DB.OTHER_TABLE) SELECT * FROM x",
                "SELECT (SELECT who FROM OTHER_DB.OTHER_TABLE LIMIT 1)",
                "SELECT * FROM (SELECT 1 UNION ALL SELECT 2 FROM OTHER_DB.OTHER_TABLE)",
                "SELECT * FROM merge('OTHER_DB', '.*')",
                "SELECT * FROM merge('.*')",
                "SELECT * FROM remote('127.0.0.1', OTHER_DB, OTHER_TABLE)",
                "SELECT * FROM cluster('default', OTHER_DB, OTHER_TABLE)",
                "SELECT * FROM url('http://127.0.0.1:1/', CSV, 'x String')",
                "SELECT * FROM file('/etc/passwd', LineAsString)",
                "SELECT file('/etc/passwd')",
                "SELECT * FROM s3('http://127.0.0.1:1/x', 'CSV', 'x String')",
                "SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')",
                "SELECT * FROM executable('x', CSV, 'x String')",
                "SELECT * FROM dictionary('x')",
                "SELECT * FROM viewIfPermitted(SELECT * FROM OTHER_DB.OTHER_TABLE ELSE null('x UInt8'))",
                "SELECT * FROM view(SELECT * FROM OTHER_DB.OTHER_TABLE)",
                "SELECT * FROM mergeTreeIndex('OTHER_DB', 'OTHER_TABLE')",
                "SELECT * FROM loop(OTHER_DB.OTHER_TABLE)",
                "SELECT joinGet('OTHER_DB.OTHER_TABLE', 'who', 1)",
                "SELECT joinGet(concat('OTHER_DB', '.OTHER_TABLE'), 'who', 1)",
                "SELECT dictGet('OTHER_DB.OTHER_TABLE', 'who', 1)",
                "SELECT hasColumnInTable('OTHER_DB', 'OTHER_TABLE', 'who')",
                "SELECT * FROM system.tables",
                "SELECT * FROM system.query_log",
                "SELECT * FROM system.users",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM INFORMATION_SCHEMA.COLUMNS",
                "SELECT * FROM rookery.schema_history",
                "SELECT * FROM default.`/etc/passwd`",
                "SELECT * FROM `/etc/passwd`",
                "SELECT 1 WHERE 'a' IN `/etc/passwd`",
                "SELECT hostName()",
                "SELECT serverUUID()",
                "SELECT currentUser()",
                "SELECT currentProfiles()",
                "SELECT currentDatabase()",
                "SELECT getServerPort('http_port')",
                "SELECT sleep(3)",
                "EXPLAIN SELECT * FROM OTHER_DB.OTHER_TABLE",
                "EXPLAIN QUERY TREE SELECT * FROM OTHER_DB.OTHER_TABLE",
                "EXPLAIN AST SELECT * FROM events",
                "DESCRIBE TABLE OTHER_DB.OTHER_TABLE",
                "DESCRIBE TABLE url('http://127.0.0.1:1/', CSV)",
                "EXISTS TABLE OTHER_DB.OTHER_TABLE",
                "SHOW CREATE TABLE OTHER_DB.OTHER_TABLE",
                "SHOW DATABASES",
                "SHOW GRANTS",
                "SET role = 'r0001'",
                "SET ROLE ALL",
                "SELECT * FROM events SETTINGS readonly = 0",
                "SELECT * FROM events SETTINGS additional_table_filters = {}",
                "SELECT * FROM events SETTINGS enable_analyzer = 0",
                "SELECT * FROM events SETTINGS role = 'x'",
                "SELECT * FROM (SELECT * FROM events SETTINGS max_execution_time = 0)",
                "SELECT * FROM {t:Identifier}",
                "SELECT * FROM events INTO OUTFILE 'x.csv'",
                "INSERT INTO FUNCTION url('http://127.0.0.1:1/') SELECT * FROM events",
                "CREATE TEMPORARY TABLE x AS SELECT * FROM events",
                "KILL QUERY WHERE 1",
                "SELECT 1; SELECT * FROM OTHER_DB.OTHER_TABLE",
                "SELECT * FROM tinybird.pipe_stats_rt",
                "SELECT * FROM organization.workspaces");
    }

    /** Ways to read a table, marked with @. */
    private static final List<String> READS = List.of(
            "SELECT who FROM @",
            "SELECT * FROM events, @",
            "SELECT * FROM events JOIN @ ON 1",
            "SELECT who FROM events WHERE 'x' IN @",
            "SELECT who FROM events AS OTHER_DB WHERE who IN @",
            "WITH OTHER_DB AS (SELECT 1 AS OTHER_TABLE) SELECT * FROM @",
            "WITH events AS (SELECT who FROM @) SELECT * FROM events",
            "WITH c AS (SELECT who FROM events) SELECT * FROM c UNION ALL SELECT who FROM @",
            "SELECT (SELECT any(who) FROM @), who FROM events",
            "SELECT who FROM events ORDER BY (SELECT any(who) FROM @)",
            "SELECT who FROM events WHERE in('a', @)",
            "SELECT throwIf(who IN (@), 'x') FROM events AS OTHER_DB",
            "SELECT * FROM merge('OTHER_DB', '.*'), (SELECT 1 FROM @)",
            "SELECT * FROM remote('127.0.0.1', @)",
            "SELECT * FROM cluster('default', @)",
            "SELECT * FROM loop(@)",
            "SELECT * FROM view(SELECT who FROM @)",
            "SELECT * FROM mergeTreeIndex(@)",
            "SELECT dictGet(@, 'who', toUInt64(1))",
            "SELECT joinGet(@, 'who', 1)",
            "DESCRIBE TABLE @",
            "EXPLAIN SELECT who FROM @",
            "INSERT INTO events SELECT who FROM @",
            "SELECT who FROM @ SETTINGS max_threads = 1",
            "SELECT who FROM events SETTINGS max_threads = (SELECT 1 FROM @)");

    /** Ways to write the other's table, as a text or as a template with the parameter p. */
    private static final List<String> NAMES = List.of(
            "OTHER_DB.OTHER_TABLE",
            "`OTHER_DB`.`OTHER_TABLE`",
            "\"OTHER_DB\".\"OTHER_TABLE\"",
            "“OTHER_DB”.“OTHER_TABLE”",
            "OTHER_DB /* a */ . -- b\n OTHER_TABLE",
            "{{symbol(p)}}",
            "{{column(p)}}",
            "{{symbol('OTHER_DB')}}.{{symbol('OTHER_TABLE')}}");

    @Test
    @DisplayName("every way to read × every way to write a name, as text and as template, through all three doors")
    void corpus() {
        int asked = 0;
        List<String> wrong = new ArrayList<>();
        for (String read : READS) {
            for (String name : NAMES) {
                String sql = named(read.replace("@", name));
                String template = sql.contains("{{") ? "% " + sql : sql;
                String parameter = "&p=" + other.place().database() + "." + other.table("events");
                for (Reply reply : List.of(
                        Http.get("/v0/sql?q=" + Http.encode(template) + parameter, token),
                        Http.get("/v0/pipes/top.json?q=" + Http.encode(template) + parameter, token),
                        driver(sql, token))) {
                    asked++;
                    boolean refused = reply.status() == 400 || reply.status() == 403 || reply.status() == 404;
                    if (!refused || reply.body().contains(SECRET)) {
                        wrong.add(template + ": " + reply.status() + " " + reply.body());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isEqualTo(READS.size() * NAMES.size() * 3);
    }

    private String named(String sql) {
        return sql.replace("OTHER_DB", other.place().database()).replace("OTHER_TABLE", other.table("events"));
    }

    @Test
    @DisplayName("parameters of the URL cannot choose role, database, user, limits or the query's id")
    void parameters() {
        for (String parameter : List.of(
                "role=" + other.place().role(),
                "database=" + other.place().database(),
                "user=admin",
                "readonly=0",
                "query_id=x",
                "enable_analyzer=0",
                "log_comment=x",
                "max_execution_time=0",
                "additional_table_filters=%7B%7D")) {
            assertThat(Http.get("/v0/pipes/top.csv?" + parameter, token).body())
                    .as(parameter)
                    .isEqualTo("\"who\"\n\"mine\"\n");
            assertThat(Http.get(
                                    "/v0/sql?" + parameter + "&q=" + Http.encode("SELECT who FROM events FORMAT CSV"),
                                    token)
                            .body())
                    .as(parameter)
                    .isEqualTo("\"mine\"\n");
        }
    }

    @Test
    @DisplayName("the engine refuses on its own: the gateway's user under my role cannot read the other's table")
    void engineAlone() {
        var clusters = Gateway.shared().bean(ClusterConnections.class);
        var request = ClickHouseRequest.of(
                        "SELECT * FROM %s.%s".formatted(other.place().database(), other.table("events")))
                .with("role", mine.place().role());
        assertThatThrownBy(() -> clusters.text(mine.place().cluster(), ClusterPurpose.GATEWAY, request))
                .isInstanceOfSatisfying(
                        ClickHouseException.class, e -> assertThat(e.code()).isEqualTo(497));
    }

    private static Reply driver(String sql, String token) {
        return Http.send(HttpRequest.newBuilder(
                        URI.create(Gateway.shared().clickHouseInterfaceUrl() + "/?query=" + Http.encode(sql)))
                .header("X-ClickHouse-Key", token)
                .build());
    }
}
