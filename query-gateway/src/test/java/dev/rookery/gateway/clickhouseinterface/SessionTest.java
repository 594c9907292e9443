package dev.rookery.gateway.clickhouseinterface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.gateway.testing.Gateway;
import dev.rookery.gateway.testing.Http;
import dev.rookery.gateway.testing.Http.Reply;
import dev.rookery.gateway.testing.Tenant;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Sessions of drivers (rule 15, CHI-14)")
class SessionTest {
    private final Tenant mine = Tenant.create("session");
    private final Tenant other = Tenant.create("session");

    private static Reply query(Tenant tenant, String session, String sql) {
        return Http.send(HttpRequest.newBuilder(URI.create(
                        Gateway.shared().clickHouseInterfaceUrl() + "/?" + session + "&query=" + Http.encode(sql)))
                .header("X-ClickHouse-Key", tenant.token("ADMIN"))
                .build());
    }

    @Test
    @DisplayName("a session is kept from query to query, for its own workspace alone")
    void kept() {
        String session = "session_id=mine&session_timeout=60";
        assertThat(query(mine, session, "SELECT 1").body()).isEqualTo("1\n");
        assertThat(query(mine, session + "&session_check=1", "SELECT 2").body()).isEqualTo("2\n");
        Reply stranger = query(other, session + "&session_check=1", "SELECT 3");
        assertThat(stranger.status()).isEqualTo(404);
        assertThat(stranger.header("X-ClickHouse-Exception-Code")).isEqualTo("372");
        assertThat(stranger.body())
                .doesNotContain(mine.id().toString(), other.id().toString());
    }

    @Test
    @DisplayName("a busy session blocks its own next query and nobody else's of the same name")
    void busy() throws InterruptedException, ExecutionException {
        String session = "session_id=busy";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = threads.submit(() ->
                    query(mine, session, "SELECT count() FROM numbers(100000000000) WHERE cityHash64(number) = 1"));
            await().until(() -> query(mine, session, "SELECT 1").status() == 409);
            assertThat(query(other, session, "SELECT 1").body()).isEqualTo("1\n");
            Reply locked = query(mine, session, "SELECT 1");
            assertThat(locked.body())
                    .contains("same session")
                    .doesNotContain(mine.id().toString());
            assertThat(slow.get().status()).isEqualTo(408);
        }
    }

    @Test
    @DisplayName("what a session could keep beyond its queries is refused")
    void nothingToKeep() {
        for (String sql : new String[] {
            "SET max_threads = 100",
            "CREATE TEMPORARY TABLE t (x UInt8)",
            "SET ROLE ALL",
            "USE " + other.place().database()
        }) {
            assertThat(query(mine, "session_id=keep", sql).status()).as(sql).isEqualTo(400);
        }
        assertThat(query(mine, "session_id=" + "x".repeat(201), "SELECT 1").status())
                .isEqualTo(400);
    }
}
