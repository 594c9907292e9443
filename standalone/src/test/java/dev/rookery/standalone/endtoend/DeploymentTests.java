package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A project's way to its users. */
interface DeploymentTests {
    Platform platform();

    @Test
    @DisplayName(
            "client-contract 2.2: a column more: staged beside the live one, set live, and every row is still there")
    default void addsColumn() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());
        workspace.eventsAndWait("orders", ShopProject.orders(0, 500));

        String number = workspace.stage(ShopProject.withNotes());

        assertThat(workspace.deployment(number).path("live").asBoolean()).isFalse();
        assertThat(workspace.get("/v0/pipes/order_count.csv").status())
                .as("not live yet")
                .isEqualTo(404);
        assertThat(workspace
                        .get("/v0/pipes/order_count.csv?__tb__deployment=staging")
                        .body())
                .isEqualTo("\"orders\"\n500\n");
        assertThat(workspace.get("/v0/pipes/top_products.json").status()).isEqualTo(200);
        workspace.eventsAndWait("orders", ShopProject.orders(500, 600));

        workspace.promote(number);

        assertThat(workspace.deployment(number).path("live").asBoolean()).isTrue();
        workspace.eventsAndWait(
                "orders",
                "{\"at\":\"2026-01-01 10:00:00\",\"id\":600,\"product\":\"p0\",\"amount\":600,\"note\":\"gift\"}");
        assertThat(workspace.sqlText("SELECT count(), uniqExact(id), sum(id), countIf(note = 'none') FROM orders"))
                .isEqualTo("601\t601\t180300\t600");
        assertThat(workspace.sqlText("SELECT sum(orders) FROM sales")).isEqualTo("601");
    }

    @Test
    @DisplayName(
            "DEP-12 a data source is made anew under its senders: every acknowledged row is there once, and in the view")
    default void movesRows() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());
        Set<Integer> acknowledged;
        try (var orders = new AcknowledgedOrders(workspace)) {
            orders.awaitMore();
            String number = workspace.stage(ShopProject.withPlainProducts());
            orders.awaitMore();
            workspace.promote(number);
            orders.awaitMore();
            acknowledged = orders.stop();
        }

        assertThat(workspace.sqlText("SELECT DISTINCT toTypeName(product) FROM orders"))
                .isEqualTo("String");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> AcknowledgedOrders.assertStoredOnce(workspace, acknowledged));
    }

    @Test
    @DisplayName("client-contract 2.2: the deployment before is no longer live, can be deleted, and stays readable")
    default void previousDeployment() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());
        String before = live(workspace);
        workspace.deploy(ShopProject.withNotes());

        Reply deleted = Http.method("DELETE", platform().api(), "/v1/deployments/" + before, workspace.token());

        assertThat(deleted.status()).as(deleted.toString()).isBetween(200, 299);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> workspace.deployment(before).path("status").asString(), "deleted"::equals);
        assertThat(workspace
                        .get("/v1/deployments")
                        .json()
                        .path("deployments")
                        .valueStream()
                        .map(item -> item.path("id").asString()))
                .doesNotContain(before);
        assertThat(workspace
                        .get("/v1/deployments?include_deleted=true")
                        .json()
                        .path("deployments")
                        .valueStream()
                        .map(item -> item.path("id").asString()))
                .contains(before);
    }

    private static String live(TestWorkspace workspace) {
        return workspace
                .get("/v1/deployments")
                .json()
                .path("deployments")
                .valueStream()
                .filter(item -> item.path("live").asBoolean())
                .map(item -> item.path("id").asString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("client-contract 2.1: the same project again changes nothing, and a check deploys nothing")
    default void noChanges() {
        TestWorkspace workspace = TestWorkspace.create(platform());

        Reply check = workspace.upload("/v1/deploy?check=true", ShopProject.FILES);
        assertThat(check.json().path("result").asString()).as(check.toString()).isEqualTo("success");
        assertThat(workspace.sql("SELECT 1 FROM orders").status()).isNotEqualTo(200);
        workspace.deploy(ShopProject.FILES);
        Reply again = workspace.upload("/v1/deploy", ShopProject.FILES);
        assertThat(again.json().path("result").asString()).as(again.toString()).isEqualTo("no_changes");
    }

    @Test
    @DisplayName("client-contract 3: a build is live when it is answered, and keeps the rows")
    default void build() {
        TestWorkspace workspace = TestWorkspace.create(platform());

        Reply built = workspace.upload("/v1/build", ShopProject.FILES);
        assertThat(built.json().path("result").asString()).as(built.toString()).isEqualTo("success");
        workspace.eventsAndWait("orders", ShopProject.orders(0, 10));
        Reply rebuilt = workspace.upload("/v1/build", ShopProject.withNotes());

        assertThat(rebuilt.json().path("result").asString())
                .as(rebuilt.toString())
                .isEqualTo("success");
        assertThat(workspace.get("/v0/pipes/notes.json").json().path("rows").asInt())
                .isEqualTo(10);
    }

    @Test
    @DisplayName("client-contract 2.1: what is wrong with a project is told by file, and nothing changes")
    default void broken() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());

        Reply answer = workspace.upload("/v1/deploy", Map.of("endpoints/broken.pipe", """
                NODE endpoint
                SQL >
                    SELECT * FROM nowhere

                TYPE endpoint
                """));

        assertThat(answer.status()).isEqualTo(400);
        JsonNode json = answer.json();
        assertThat(json.path("result").asString()).isEqualTo("failed");
        assertThat(json.path("errors").path(0).path("filename").asString()).contains("broken.pipe");
        assertThat(json.path("errors").path(0).path("error").asString()).contains("nowhere");
        assertThat(workspace.get("/v0/pipes/top_products.json").status()).isEqualTo(200);
    }
}
