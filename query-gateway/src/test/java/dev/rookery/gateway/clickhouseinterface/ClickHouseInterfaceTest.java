package dev.rookery.gateway.clickhouseinterface;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.Client;
import dev.rookery.gateway.testing.Gateway;
import dev.rookery.gateway.testing.Http;
import dev.rookery.gateway.testing.Http.Reply;
import dev.rookery.gateway.testing.Tenant;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("The ClickHouse interface")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClickHouseInterfaceTest {
    private final Tenant tenant = Tenant.create("drivers");
    private String token = "";

    @BeforeAll
    void deploy() {
        tenant.deploy(Map.of("ds.datasource", "SCHEMA >\n    `id` UInt64 `json:$.id`,\n    `n` String `json:$.n`\n"));
        tenant.insert("ds", "VALUES (1, 'one'), (2, 'two')");
        token = tenant.token("WORKSPACE:READ_ALL");
    }

    private static HttpRequest.Builder at(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(Gateway.shared().clickHouseInterfaceUrl() + pathAndQuery));
    }

    private Reply query(String parameters, String sql) {
        return Http.send(at("/?" + parameters + "&query=" + Http.encode(sql))
                .header("X-ClickHouse-User", tenant.name())
                .header("X-ClickHouse-Key", token)
                .build());
    }

    @Test
    @DisplayName("CHI-1: ping, and the greeting")
    void ping() {
        assertThat(Http.send(at("/ping").build()).body()).isEqualTo("Ok.\n");
        assertThat(Http.send(at("/").build()).body()).isEqualTo("Ok.\n");
    }

    @Test
    @DisplayName("CHI-2 CHI-16 CHI-21: the token as key header, as basic password, as parameter")
    void credentials() {
        String sql = "query=" + Http.encode("SELECT count() FROM ds");
        assertThat(query("", "SELECT count() FROM ds").body()).isEqualTo("2\n");
        String basic = Base64.getEncoder().encodeToString(("anyone:" + token).getBytes(StandardCharsets.UTF_8));
        assertThat(Http.send(at("/?" + sql)
                                .header("Authorization", "Basic " + basic)
                                .build())
                        .body())
                .isEqualTo("2\n");
        assertThat(Http.send(at("/?user=x&password=" + token + "&" + sql).build())
                        .body())
                .isEqualTo("2\n");
    }

    @Test
    @DisplayName("CHI-2: no token or a wrong one is ClickHouse's authentication error")
    void wrongCredentials() {
        for (Reply reply : new Reply[] {
            Http.send(at("/?query=SELECT%201").build()),
            Http.send(at("/?query=SELECT%201&password=nonsense").build())
        }) {
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.header("X-ClickHouse-Exception-Code")).isEqualTo("516");
            assertThat(reply.body()).startsWith("Code: 516. DB::Exception: ");
        }
    }

    @Test
    @DisplayName("CHI-4 CHI-12 CHI-22: the database is the workspace's name or default, in parameter, path or SQL")
    void databases() {
        String sql = "SELECT count() FROM ds";
        assertThat(query("database=" + tenant.name(), sql).body()).isEqualTo("2\n");
        assertThat(query("database=default", sql).body()).isEqualTo("2\n");
        assertThat(query("", "SELECT count() FROM " + tenant.name() + ".ds").body())
                .isEqualTo("2\n");
        assertThat(query("", "SELECT count() FROM default.ds").body()).isEqualTo("2\n");
        assertThat(Http.send(at("/" + tenant.name() + "?query=" + Http.encode(sql) + "&password=" + token)
                                .build())
                        .body())
                .isEqualTo("2\n");
        Reply wrong = query("database=" + tenant.place().database(), sql);
        assertThat(wrong.status()).isEqualTo(404);
    }

    @Test
    @DisplayName("CHI-12 CHI-14: what drivers send first")
    void startUp() {
        assertThat(query("", "SELECT 1").body()).isEqualTo("1\n");
        assertThat(query("", "SELECT version(), timezone()").body()).matches("\\d+\\.\\d+.*\\t.+\\n");
        Reply settings = query("", "SELECT name, value, readonly FROM system.settings LIMIT 10000");
        assertThat(settings.status()).as(settings.body()).isEqualTo(200);
        assertThat(settings.body()).contains("max_threads");
    }

    @Test
    @DisplayName("CHI-13 CHI-14: default_format, parameters, settings that drivers add, POST")
    void options() {
        assertThat(query(
                                "default_format=CSV&max_block_size=100&wait_end_of_query=1&session_id=a",
                                "SELECT n FROM ds ORDER BY id")
                        .body())
                .isEqualTo("\"one\"\n\"two\"\n");
        assertThat(query("param_wanted=2", "SELECT n FROM ds WHERE id = {wanted:UInt64}")
                        .body())
                .isEqualTo("two\n");
        Reply post = Http.send(at("/?default_format=JSONCompactEachRow")
                .header("X-ClickHouse-Key", token)
                .POST(HttpRequest.BodyPublishers.ofString("SELECT id FROM ds ORDER BY id"))
                .build());
        assertThat(post.body()).isEqualTo("[1]\n[2]\n");
        assertThat(post.header("X-ClickHouse-Format")).isEqualTo("JSONCompactEachRow");
    }

    @Test
    @DisplayName("CHI-8: nothing can be written, and errors are ClickHouse's text")
    void readOnly() {
        Reply write = query("", "INSERT INTO ds VALUES (3, 'x')");
        assertThat(write.status()).isEqualTo(400);
        assertThat(write.header("X-ClickHouse-Exception-Code")).isEqualTo("62");
        Reply unknown = query("", "SELECT nope FROM ds");
        assertThat(unknown.header("X-ClickHouse-Exception-Code")).isEqualTo("47");
        assertThat(unknown.body()).startsWith("Code: 47. DB::Exception: ").doesNotContain("ws_", "t_0");
    }

    @Test
    @DisplayName("ALGORITHMS 24: the REST API does not answer here")
    void restElsewhere() {
        assertThat(Http.send(at("/v0/sql?q=SELECT%201&token=" + token).build()).body())
                .doesNotContain("\"data\"");
    }

    @Test
    @DisplayName("ClickHouse's own Java client reads, compressed and not")
    void javaClient() {
        for (boolean compressed : new boolean[] {false, true}) {
            try (Client client = new Client.Builder()
                    .addEndpoint(Gateway.shared().clickHouseInterfaceUrl())
                    .setUsername(tenant.name())
                    .setPassword(token)
                    .setDefaultDatabase(tenant.name())
                    .compressServerResponse(compressed)
                    .build()) {
                assertThat(client.ping()).isTrue();
                assertThat(client.queryAll("SELECT n, %b AS c FROM ds ORDER BY id".formatted(compressed)).stream()
                                .map(row -> row.getString("n")))
                        .containsExactly("one", "two");
            }
        }
    }
}
