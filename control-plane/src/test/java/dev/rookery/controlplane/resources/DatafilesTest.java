package dev.rookery.controlplane.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Datafiles back out (client-contract.md 1 rule 10, 8, 11, 14; E-18). */
class DatafilesTest {
    private final Tenant tenant = Shop.open();
    private final String token = tenant.adminToken();

    private static final Map<String, String> FILES = Map.of(
            "/v0/datasources/orders.datasource", Shop.ORDERS,
            "/v0/datasources/orders?format=datasource", Shop.ORDERS,
            "/v0/datasources/counts.datasource", Shop.COUNTS,
            "/v1/pipes/top.pipe", Shop.TOP,
            "/v0/pipes/top.pipe", Shop.TOP,
            "/v1/pipes/top?format=pipe", Shop.TOP,
            "/v0/pipes/counts_mv.pipe", Shop.COUNTS_MV);

    @Test
    @DisplayName("1 rule 10, E-18: byte for byte what was deployed, as text/plain and nothing more")
    void asDeployed() {
        FILES.forEach((path, text) -> {
            Reply reply = Http.get(path, token);
            assertThat(reply.status()).as(path).isEqualTo(200);
            assertThat(reply.header("Content-Type")).as(path).isEqualTo("text/plain");
            assertThat(reply.body()).as(path).isEqualTo(text);
        });
    }

    @Test
    @DisplayName("E-18: what is pulled deploys without a change, and is pulled again the same")
    void roundTrip() {
        Upload pulled = Upload.empty();
        for (String name : List.of("orders", "counts")) {
            String path = name + ".datasource";
            pulled =
                    pulled.with(path, Http.get("/v0/datasources/" + path, token).body());
        }
        for (String name : List.of("top", "counts_mv", "shared")) {
            String path = name + ".pipe";
            pulled = pulled.with(path, Http.get("/v1/pipes/" + path, token).body());
        }

        assertThat(pulled.deploy(token).text("/result")).isEqualTo("no_changes");
        Tenant other = Tenant.create();
        pulled.live(other.adminToken());

        FILES.forEach((path, text) ->
                assertThat(Http.get(path, other.adminToken()).body()).as(path).isEqualTo(text));
    }

    @Test
    @DisplayName("1 rule 10: characters beyond ASCII come back as the bytes they were")
    void unicode() {
        String text = "DESCRIPTION >\n    Ünïcödé ✓ 日本\n\nSCHEMA >\n    `id` Int32\n";
        Tenant other = Tenant.create();
        Upload.of("plain.datasource", text).live(other.adminToken());

        assertThat(Http.get("/v0/datasources/plain.datasource", other.adminToken())
                        .body())
                .isEqualTo(text);
    }

    @Test
    @DisplayName("14: without connections the list is empty, and none is there by name")
    void connections() {
        assertThat(Http.get("/v0/connectors", token).at("/connectors").isEmpty())
                .isTrue();
        assertThat(Http.get("/v0/connectors/kafka.connection", token).status()).isEqualTo(404);
        assertThat(Http.get("/v0/connectors/kafka", token).error()).contains("'kafka'");
    }
}
