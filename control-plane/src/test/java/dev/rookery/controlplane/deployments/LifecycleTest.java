package dev.rookery.controlplane.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** {@code /v1/deployments} (client-contract.md 2). */
class LifecycleTest {
    private static final Upload PROJECT = Upload.datasource("events", "`id` Int32");

    private static java.util.List<String> ids(String query, String token) {
        return Http.get("/v1/deployments" + query, token)
                .at("/deployments")
                .valueStream()
                .map(item -> item.path("id").asString() + " "
                        + item.path("status").asString() + (item.path("live").asBoolean() ? " live" : ""))
                .toList();
    }

    @Nested
    class Returns200 {
        @Test
        @DisplayName("CC-2.2 the way of all clients: live first, candidate second; set live; the old one is deleted")
        void wholeWay() {
            Tenant tenant = Tenant.create();
            String token = tenant.adminToken();
            assertThat(ids("", token)).containsExactly("0 data_ready live");
            PROJECT.deploy(token);
            assertThat(ids("", token)).containsExactly("0 data_ready live", "1 data_ready");

            Reply live = Http.post("/v1/deployments/1/set-live", token);

            assertThat(live.status()).isEqualTo(200);
            assertThat(live.at("/deployment/live").asBoolean()).isTrue();
            assertThat(ids("", token)).containsExactly("1 data_ready live");
            assertThat(ids("?include_deleted=true", token)).containsExactly("0 deleted", "1 data_ready live");
            Reply deleted = Http.delete("/v1/deployments/0", token);
            assertThat(deleted.status()).isEqualTo(200);
            assertThat(Http.get("/v1/deployments/0", token).text("/deployment/status"))
                    .isEqualTo("deleted");
            Reply polled = Http.get("/v1/deployments/1", token);
            assertThat(polled.text("/result")).isEqualTo("success");
            assertThat(polled.texts("/deployment/new_datasource_names")).containsExactly("events");
        }

        @Test
        @DisplayName("DEP-9 a discarded candidate is deleted, stays readable, and its table is given up")
        void discard() {
            Tenant tenant = Tenant.create();
            PROJECT.deploy(tenant.adminToken());

            Reply reply = Http.delete("/v1/deployments/1", tenant.adminToken());

            assertThat(reply.text("/deployment/status")).isEqualTo("deleted");
            assertThat(Http.delete("/v1/deployments/1", tenant.adminToken()).status())
                    .isEqualTo(200);
            assertThat(ids("", tenant.adminToken())).containsExactly("0 data_ready live");
            assertThat(PROJECT.deploy(tenant.adminToken()).text("/deployment/id"))
                    .isEqualTo("2");
        }

        @Test
        @DisplayName("CC-2.2 set live again does nothing; a second deployment keeps the rows")
        void keepsRows() {
            Tenant tenant = Tenant.create();
            PROJECT.live(tenant.adminToken());
            tenant.insert("events", "VALUES (1), (2)");
            assertThat(Http.post("/v1/deployments/1/set-live", tenant.adminToken())
                            .status())
                    .isEqualTo(200);

            PROJECT.withEndpoint("top", "SELECT count() FROM events").live(tenant.adminToken());

            assertThat(tenant.rows("SELECT count() FROM $events", "events")).containsExactly("2");
        }

        @Test
        @DisplayName("DEP-1 of many that set live, discard and deploy at once, none leaves a broken workspace")
        void race() throws Exception {
            Tenant tenant = Tenant.create();
            String token = tenant.adminToken();
            PROJECT.deploy(token);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var calls = IntStream.range(0, 9)
                        .<Callable<Integer>>mapToObj(n -> () -> switch (n % 3) {
                            case 0 ->
                                Http.post("/v1/deployments/1/set-live", token).status();
                            case 1 -> Http.delete("/v1/deployments/1", token).status();
                            default -> PROJECT.deploy(token).status();
                        })
                        .toList();
                threads.invokeAll(calls)
                        .forEach(future -> assertThat(future.resultNow()).isIn(200, 400, 409));
            }

            assertThat(ids("", token).stream().filter(item -> item.endsWith("live")))
                    .hasSize(1);
            assertThat(PROJECT.build(token).text("/result")).isEqualTo("success");
            tenant.insert("events", "VALUES (1)");
        }
    }

    @Nested
    class Returns400 {
        @Test
        @DisplayName("DEP-9 what is live is not deleted, what is deleted not set live")
        void notPossible() {
            Tenant tenant = Tenant.create();
            assertThat(Http.delete("/v1/deployments/0", tenant.adminToken()).status())
                    .isEqualTo(400);
            PROJECT.deploy(tenant.adminToken());
            Http.delete("/v1/deployments/1", tenant.adminToken());

            Reply reply = Http.post("/v1/deployments/1/set-live", tenant.adminToken());

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).contains("deleted");
        }
    }

    @Nested
    class Returns404 {
        @Test
        @DisplayName("DEP-2 no such number, and what is no number")
        void unknown() {
            String token = Tenant.create().adminToken();

            assertThat(Http.get("/v1/deployments/7", token).status()).isEqualTo(404);
            assertThat(Http.get("/v1/deployments/latest", token).error()).contains("latest");
            assertThat(Http.post("/v1/deployments/99999999999/set-live", token).status())
                    .isEqualTo(404);
            assertThat(Http.delete("/v1/deployments/-1", token).status()).isEqualTo(404);
        }
    }
}
