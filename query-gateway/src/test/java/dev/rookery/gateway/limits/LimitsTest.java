package dev.rookery.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.OrganizationId;
import dev.rookery.gateway.testing.Gateway;
import dev.rookery.gateway.testing.Http;
import dev.rookery.gateway.testing.Http.Reply;
import dev.rookery.gateway.testing.Tenant;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@DisplayName("Limits of plans and tokens (LIM, JWT-12, GW-14)")
class LimitsTest {
    private static final String PIPE = "NODE n\nSQL >\n    SELECT 1 AS x\nTYPE endpoint\n";

    private static Tenant tenant(OrganizationId organization) {
        return Tenant.create("limits", organization).deploy(Map.of("one.pipe", PIPE));
    }

    private static OrganizationId limited(String name, @Nullable Long value) {
        OrganizationId organization = Tenant.organization("dedicated");
        limit(organization, name, value);
        return organization;
    }

    private static void limit(OrganizationId organization, String name, @Nullable Long value) {
        Gateway.shared()
                .bean(JdbcClient.class)
                .sql("insert into organization_limits (organization_id, name, value) values (:id, :name, :value)")
                .param("id", organization.value())
                .param("name", name)
                .param("value", value, java.sql.Types.BIGINT)
                .update();
    }

    private static Reply driver(String sql, String token) {
        return Http.send(HttpRequest.newBuilder(
                        URI.create(Gateway.shared().clickHouseInterfaceUrl() + "/?query=" + Http.encode(sql)))
                .header("X-ClickHouse-Key", token)
                .build());
    }

    /** All or none, and whole numbers (client-contract.md 1, rule 9). */
    private static void assertHeaders(Reply reply, int limit) {
        assertThat(reply.header("X-RateLimit-Limit")).isEqualTo(Integer.toString(limit));
        assertThat(reply.header("X-RateLimit-Remaining")).matches("\\d+");
        assertThat(reply.header("X-RateLimit-Reset")).matches("\\d+");
        if (reply.status() == 429) {
            assertThat(reply.header("Retry-After")).matches("[1-9]\\d*");
        } else {
            assertThat(reply.header("Retry-After")).isEmpty();
        }
    }

    @Test
    @DisplayName("LIM-2: on the free plan 20 at once pass, over all doors and workspaces of the organization")
    void burst() throws InterruptedException, ExecutionException {
        OrganizationId organization = Tenant.organization("free");
        Tenant first = tenant(organization);
        Tenant second = tenant(organization);
        List<String> tokens = List.of(first.token("ADMIN"), second.token("ADMIN"));
        List<Reply> replies = new ArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> running = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String token = tokens.get(i % 2);
                running.add(
                        switch (i % 3) {
                            case 0 -> clients.submit(() -> Http.get("/v0/pipes/one.json", token));
                            case 1 -> clients.submit(() -> Http.sql("SELECT 1", token));
                            default -> clients.submit(() -> driver("SELECT 1", token));
                        });
            }
            for (Future<Reply> one : running) {
                replies.add(one.get());
            }
        }
        replies.forEach(reply -> assertHeaders(reply, 20));
        // Ten more come back for each second that it takes.
        assertThat(replies.stream().filter(reply -> reply.status() == 200)).hasSizeBetween(20, 45);
        assertThat(replies.stream().filter(reply -> reply.status() == 429)).isNotEmpty();
        assertThat(replies).allMatch(reply -> reply.status() == 200 || reply.status() == 429);
    }

    @Test
    @DisplayName("LIM-1: a day's queries, and how long until midnight")
    void day() {
        Tenant tenant = tenant(limited("queries.per-day", 2L));
        String token = tenant.token("ADMIN");
        assertHeaders(Http.get("/v0/pipes/one.json", token), 2);
        assertThat(Http.sql("SELECT 1", token).header("X-RateLimit-Remaining")).isEqualTo("0");
        Reply third = driver("SELECT 1", token);
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.body()).startsWith("Code: 202. DB::Exception:").contains("2 queries today");
        assertThat(Long.parseLong(third.header("Retry-After"))).isBetween(1L, 86_400L);
    }

    @Test
    @DisplayName("LIM-7: paid plans are served up to their ceiling")
    void ceiling() {
        OrganizationId organization = limited("queries.per-second", 1L);
        limit(organization, "queries.ceiling-per-second", 1_000L);
        String token = tenant(organization).token("ADMIN");
        for (int i = 0; i < 5; i++) {
            Reply reply = Http.get("/v0/pipes/one.json", token);
            assertThat(reply.status()).isEqualTo(200);
            assertHeaders(reply, 1_000);
        }
    }

    @Test
    @DisplayName("JWT-12: all JWTs of a name share limits.rps; other names and other tokens do not")
    void jwtName() {
        Tenant tenant = tenant(Tenant.organization("dedicated"));
        String scope = "{\"type\":\"PIPES:READ\",\"resource\":\"one\"}";
        // One every 100 seconds, so that a slow machine counts alike.
        String limits = ",\"limits\":{\"rps\":0.01}";
        String path = "/v0/pipes/one.json";
        Reply first = Http.get(path, tenant.namedJwt("a", limits, scope));
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertHeaders(first, 1);
        Reply second = Http.get(path, tenant.namedJwt("a", limits + ",\"iat\":7", scope));
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.error()).contains("'a'");
        assertHeaders(second, 1);
        assertThat(Http.get(path, tenant.namedJwt("b", limits, scope)).status()).isEqualTo(200);
        assertThat(Http.get(path, tenant.namedJwt("a", "", scope)).status()).isEqualTo(200);
        assertThat(Http.get(path, tenant.namedJwt("a", ",\"limits\":{\"rps\":0}", scope))
                        .status())
                .isEqualTo(200);
        Reply free = Http.get(path, tenant.token("ADMIN"));
        assertThat(free.status()).isEqualTo(200);
        assertThat(free.header("X-RateLimit-Limit")).isEmpty();
        Tenant other = tenant(Tenant.organization("dedicated"));
        assertThat(Http.get(path, other.namedJwt("a", limits, scope)).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("LIM: a static token's own limit, and the tightest of several in the headers")
    void perToken() {
        OrganizationId organization = limited("queries.per-second-and-token", 1L);
        limit(organization, "queries.per-second", 1_000L);
        Tenant tenant = tenant(organization);
        String token = tenant.token("ADMIN");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Reply reply = Http.get("/v0/pipes/one.json", token);
            assertHeaders(reply, 1);
            statuses.add(reply.status());
        }
        assertThat(statuses).startsWith(200).contains(429);
        assertThat(Http.get("/v0/pipes/one.json", tenant.token("ADMIN")).status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("LIM-22: the length of a statement, not that of a pipe")
    void sqlLength() {
        Tenant tenant = tenant(limited("query.sql", 100L));
        String token = tenant.token("ADMIN");
        String sql = "SELECT '" + "x".repeat(100) + "'";
        for (Reply reply : List.of(
                Http.sql(sql, token),
                Http.post("/v0/sql", token, sql),
                Http.get("/v0/pipes/one.json?q=" + Http.encode(sql), token))) {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).contains("100 bytes");
        }
        assertThat(driver(sql, token).status()).isEqualTo(400);
        assertThat(Http.get("/v0/pipes/one.json", token).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("LIM-22 413: a result above the plan's size")
    void resultSize() {
        String token = tenant(limited("query.result", 10_000L)).token("ADMIN");
        Reply reply = Http.sql("SELECT number FROM numbers(1000000)", token);
        assertThat(reply.status()).as(reply.error()).isEqualTo(413);
        assertThat(reply.header("X-DB-Exception-Code")).isEqualTo("396");
        assertThat(Http.sql("SELECT count() FROM numbers(1000000)", token).status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("SQL-7 LIM-4: the plan's threads, whatever the client asks for")
    void threads() {
        String free = tenant(Tenant.organization("free")).token("ADMIN");
        String sql = "SELECT getSetting('max_threads') SETTINGS max_threads = 64 FORMAT CSV";
        assertThat(Http.sql(sql, free).body()).isEqualTo("1\n");
        String dedicated = tenant(Tenant.organization("dedicated")).token("ADMIN");
        assertThat(Http.sql(sql, dedicated).body()).isEqualTo("4\n");
    }

    @Test
    @DisplayName("LIM-22: the plan's time")
    void time() {
        String token = tenant(limited("query.time", 1L)).token("ADMIN");
        Reply reply = Http.sql("SELECT count() FROM numbers(100000000000) WHERE cityHash64(number) = 1", token);
        assertThat(reply.status()).isEqualTo(408);
    }

    @Test
    @DisplayName("GW-13 414: a URL that is too long is told to become a POST, which then works")
    void longUrl() {
        String token = tenant(Tenant.organization("dedicated")).token("ADMIN");
        String parameter = "p=" + "x".repeat(20_000);
        Reply reply = Http.get("/v0/pipes/one.json?" + parameter, token);
        assertThat(reply.status()).isEqualTo(414);
        assertThat(reply.error()).contains("POST");
        assertThat(Http.post("/v0/pipes/one.json", token, parameter).status()).isEqualTo(200);
        assertThat(Http.get("/v0/pipes/one.json?p=" + "x".repeat(10_000), token).status())
                .isEqualTo(200);
    }
}
