package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a workspace consists of, as clients list it and get it back. */
interface ResourceTests {
    Platform platform();

    @Test
    @DisplayName("client-contract 8: data sources with exact row counts, events and what they materialize alike")
    default void datasources() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());
        workspace.eventsAndWait("orders", ShopProject.orders(0, 100));

        JsonNode listed = workspace.get("/v0/datasources").json().path("datasources");
        assertThat(listed.valueStream().map(item -> item.path("name").asString()))
                .containsExactly("orders", "sales");
        assertThat(listed.at("/0/statistics/row_count").asInt()).isEqualTo(100);
        assertThat(workspace
                        .get("/v0/datasources/sales")
                        .json()
                        .at("/statistics/row_count")
                        .asInt())
                .isPositive();
        assertThat(listed.at("/0/used_by/0/name").asString()).isEqualTo("one_order");
    }

    @Test
    @DisplayName("client-contract 11: a pipe and the endpoint below it are told apart by the format")
    default void pipes() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());

        JsonNode pipe = workspace.get("/v0/pipes/top_products").json();
        assertThat(pipe.path("type").asString()).isEqualTo("endpoint");
        assertThat(pipe.path("url").asString()).endsWith("/v0/pipes/top_products.json");
        assertThat(workspace.get("/v0/pipes/top_products.json").json().has("data"))
                .isTrue();
        assertThat(workspace.get("/v0/pipes/top_products.csv").header("Content-Type"))
                .startsWith("text/csv");
        assertThat(workspace.get("/v0/pipes/openapi.json").json().has("paths")).isTrue();
        assertThat(workspace.get("/v0/pipes/top_products/explain").json().has("debug_query"))
                .isTrue();
        assertThat(workspace.get("/v0/pipes/nothing").error()).isEqualTo("Pipe 'nothing' not found");
        assertThat(workspace.get("/v0/pipes/nothing.json").error()).isEqualTo("The pipe 'nothing' does not exist");
        assertThat(workspace.get("/v0/pipes/").json().path("pipes").size()).isEqualTo(3);
    }

    @Test
    @DisplayName(
            "client-contract 1 rule 10, 8, 11: what was deployed comes back byte for byte, and deploys as no change")
    default void datafiles() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());
        Map<String, String> pulled = new LinkedHashMap<>();
        ShopProject.FILES.forEach((path, text) -> {
            String file = path.substring(path.lastIndexOf('/') + 1);
            Reply reply = workspace.get((file.endsWith(".pipe") ? "/v1/pipes/" : "/v0/datasources/") + file);
            assertThat(reply.header("Content-Type")).as(file).isEqualTo("text/plain");
            assertThat(reply.body()).as(file).isEqualTo(text);
            pulled.put(path, reply.body());
        });

        assertThat(workspace.upload("/v1/deploy", pulled).json().path("result").asString())
                .isEqualTo("no_changes");
    }

    @Test
    @DisplayName("client-contract 13, SEC-2: a secret is set, read by a node at once, changed, and never shown")
    default void secrets() {
        TestWorkspace workspace = TestWorkspace.create(platform());
        assertThat(workspace.post("/v0/variables", "name=greeting&value=hello").status())
                .isEqualTo(200);
        workspace.deploy(Map.of("endpoints/greet.pipe", """
                NODE endpoint
                SQL >
                    %
                    SELECT length({{ tb_secret('greeting') }}) AS length

                TYPE endpoint
                """));
        assertThat(workspace
                        .get("/v0/pipes/greet.json")
                        .json()
                        .at("/data/0/length")
                        .asInt())
                .isEqualTo(5);

        Reply changed = Http.send(Http.request(platform().api(), "/v0/variables/greeting", workspace.token())
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("value=good+evening")));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);

        assertThat(workspace
                        .get("/v0/pipes/greet.json")
                        .json()
                        .at("/data/0/length")
                        .asInt())
                .isEqualTo(12);
        assertThat(workspace.get("/v0/variables").body()).contains("greeting").doesNotContain("evening");
        assertThat(workspace.get("/v0/dependencies").json().path("dependencies").isObject())
                .isTrue();
    }

    @Test
    @DisplayName("SHR-1: a data source that is shared is listed and read in the other workspace, until that is ended")
    default void shares() {
        TestWorkspace owner = TestWorkspace.withShop(platform());
        owner.eventsAndWait("orders", ShopProject.orders(0, 12));
        TestWorkspace reader = TestWorkspace.create(platform());
        String path = "/v0/datasources/orders/share?origin_workspace_id=%s&destination_workspace_id=%s"
                .formatted(owner.id(), reader.id());
        String count = "SELECT count() FROM %s.orders".formatted(owner.name());

        Reply shared = Http.post(platform().api(), path, platform().userToken(), "");
        assertThat(shared.status()).as(shared.toString()).isEqualTo(200);

        assertThat(reader.sqlText(count)).isEqualTo("12");
        assertThat(reader.get("/v0/datasources")
                        .json()
                        .at("/datasources/0/name")
                        .asString())
                .isEqualTo(owner.name() + ".orders");
        assertThat(Http.method("DELETE", platform().api(), path, platform().userToken())
                        .status())
                .isEqualTo(200);
        assertThat(reader.sql(count).status()).isEqualTo(400);
    }
}
