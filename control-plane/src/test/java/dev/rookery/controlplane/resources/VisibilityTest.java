package dev.rookery.controlplane.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Tenant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a token may know of (TOK-10 to TOK-15). */
class VisibilityTest {
    private final Tenant tenant = Shop.open();

    private static List<String> names(String path, String token) {
        String list = path.contains("datasources") ? "/datasources" : "/pipes";
        return Http.get(path, token)
                .at(list)
                .valueStream()
                .map(item -> item.path("name").asString())
                .toList();
    }

    @Test
    @DisplayName("TOK-15, WS-9: WORKSPACE:READ_ALL and every role see all of it")
    void everything() {
        String viewer = tenant.personalToken(tenant.member("viewer"));
        for (String token : List.of(viewer, tenant.token("WORKSPACE:READ_ALL"))) {
            assertThat(names("/v0/datasources", token)).containsExactly("counts", "orders");
            assertThat(names("/v0/pipes", token)).containsExactly("counts_mv", "shared", "top");
            assertThat(Http.get("/v0/datasources/orders.datasource", token).status())
                    .isEqualTo(200);
        }
    }

    @Test
    @DisplayName("TOK-10 to TOK-12: a scope shows what it names, and nothing else is told apart from what is not there")
    void scopes() {
        String token = tenant.token("DATASOURCES:READ:orders", "PIPES:READ:top");

        assertThat(names("/v0/datasources", token)).containsExactly("orders");
        assertThat(names("/v1/pipes", token)).containsExactly("top");
        assertThat(names("/v0/datasources", tenant.token("DATASOURCES:APPEND:counts")))
                .containsExactly("counts");
        assertThat(names("/v0/datasources", tenant.token("TOKENS"))).isEmpty();
        assertThat(Http.get("/v0/datasources/orders", token).status()).isEqualTo(200);
        for (String path : List.of(
                "/v0/datasources/counts",
                "/v0/datasources/missing",
                "/v0/datasources/counts.datasource",
                "/v0/pipes/shared",
                "/v1/pipes/missing.pipe",
                "/v0/dependencies",
                "/v0/connectors")) {
            assertThat(Http.get(path, token).status()).as(path).isEqualTo(403);
        }
    }

    @Test
    @DisplayName("WS-9: another workspace's resources are not there, by name or by id")
    void otherWorkspace() {
        String id = Http.get("/v0/datasources/orders", tenant.adminToken()).text("/id");
        String pipe = Http.get("/v0/pipes/top", tenant.adminToken()).text("/id");
        String other = Tenant.create().adminToken();

        assertThat(names("/v0/datasources", other)).isEmpty();
        for (String path : List.of("/v0/datasources/orders", "/v0/datasources/" + id, "/v0/pipes/" + pipe)) {
            assertThat(Http.get(path, other).status()).as(path).isEqualTo(404);
        }
    }
}
