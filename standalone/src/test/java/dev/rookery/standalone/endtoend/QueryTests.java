package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Endpoints and SQL. */
interface QueryTests {
    Platform platform();

    private TestWorkspace shopWithOrders() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());
        workspace.eventsAndWait("orders", ShopProject.orders(0, 10));
        return workspace;
    }

    @Test
    @DisplayName("client-contract 10 and 11: an endpoint answers json, csv and ndjson, with its parameters' defaults")
    default void formats() {
        TestWorkspace workspace = shopWithOrders();

        JsonNode json = workspace.get("/v0/pipes/top_products.json").json();
        assertThat(json.path("rows").asInt()).isEqualTo(4);
        assertThat(json.path("meta").path(0).path("name").asString()).isEqualTo("product");
        assertThat(json.path("data").path(0).toString()).isEqualTo("{\"product\":\"p0\",\"orders\":3,\"amount\":12}");
        assertThat(json.path("statistics").path("rows_read").asInt()).isPositive();

        Reply csv = workspace.get("/v0/pipes/top_products.csv?limit=2");
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.body()).isEqualTo("\"product\",\"orders\",\"amount\"\n\"p0\",3,12\n\"p1\",3,15\n");

        Reply ndjson = workspace.get("/v0/pipes/top_products.ndjson?limit=1");
        assertThat(ndjson.header("Content-Type")).contains("ndjson");
        assertThat(ndjson.body()).isEqualTo("{\"product\":\"p0\",\"orders\":3,\"amount\":12}\n");
    }

    @Test
    @DisplayName(
            "client-contract 11: parameters come in the query, as a form and as JSON; arrays repeated or with commas")
    default void parameters() {
        TestWorkspace workspace = shopWithOrders();
        String expected = "\"product\",\"orders\",\"amount\"\n\"p2\",2,8\n\"p3\",2,10\n";

        assertThat(workspace.get("/v0/pipes/top_products.csv?products=p2,p3").body())
                .isEqualTo(expected);
        assertThat(workspace
                        .get("/v0/pipes/top_products.csv?products=p2&products=p3")
                        .body())
                .isEqualTo(expected);
        assertThat(Http.send(Http.request(platform().api(), "/v0/pipes/top_products.csv", workspace.token())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("products=p2%2Cp3")))
                        .body())
                .isEqualTo(expected);
        assertThat(Http.send(Http.request(platform().api(), "/v0/pipes/top_products.csv", workspace.token())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"products\":[\"p2\",\"p3\"]}")))
                        .body())
                .isEqualTo(expected);
        assertThat(workspace
                        .get("/v0/pipes/one_order.json?id=7")
                        .json()
                        .path("data")
                        .path(0)
                        .path("product")
                        .asString())
                .isEqualTo("p3");
    }

    @Test
    @DisplayName("client-contract 11: a missing parameter is 400 and named, a missing pipe is 404")
    default void refusedEndpoints() {
        TestWorkspace workspace = shopWithOrders();

        Reply missing = workspace.get("/v0/pipes/one_order.json");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.error()).contains("Check the parameters id.");
        Reply unknown = workspace.get("/v0/pipes/nothing.json");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.error()).isEqualTo("The pipe 'nothing' does not exist");
    }

    @Test
    @DisplayName("client-contract 10: SQL by GET, as a raw body and as a form, over data sources and pipes")
    default void sql() {
        TestWorkspace workspace = shopWithOrders();

        assertThat(workspace
                        .sql("SELECT count() AS n FROM orders")
                        .json()
                        .path("data")
                        .path(0)
                        .path("n")
                        .asInt())
                .isEqualTo(10);
        assertThat(workspace
                        .post("/v0/sql", "SELECT sum(amount) AS s FROM orders FORMAT CSV")
                        .body())
                .isEqualTo("45\n");
        assertThat(workspace
                        .post("/v0/sql?format=ndjson", "SELECT product FROM top_products LIMIT 1")
                        .body())
                .isEqualTo("{\"product\":\"p0\"}\n");
        assertThat(Http.send(Http.request(platform().api(), "/v0/sql", workspace.token())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("q=" + Http.encode("SELECT 7 AS x FORMAT TSV"))))
                        .body())
                .isEqualTo("7\n");
    }

    @Test
    @DisplayName("client-contract 7: a token of TOKEN lines reads its endpoint, and nothing else")
    default void readersToken() {
        TestWorkspace workspace = shopWithOrders();
        String reader = workspace.token("shop_reader");

        Reply answer = Http.get(platform().api(), "/v0/pipes/top_products.csv?limit=1", reader);
        assertThat(answer.body()).isEqualTo("\"product\",\"orders\",\"amount\"\n\"p0\",3,12\n");
        assertThat(Http.get(platform().api(), "/v0/pipes/one_order.json?id=1", reader)
                        .status())
                .isEqualTo(403);
        assertThat(Http.get(platform().api(), "/v0/sql?q=SELECT+1+FROM+orders", reader)
                        .status())
                .isEqualTo(403);
        assertThat(Http.post(platform().api(), "/v0/events?name=orders", reader, ShopProject.order(99))
                        .status())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("client-contract 11: one OpenAPI document per token, with the endpoints it may read")
    default void openApi() {
        TestWorkspace workspace = shopWithOrders();

        JsonNode all = workspace.get("/v0/pipes/openapi.json").json();
        assertThat(all.path("paths").propertyNames()).contains("/pipes/top_products.json", "/pipes/one_order.json");
        JsonNode readers = Http.get(platform().api(), "/v0/pipes/openapi.json", workspace.token("shop_reader"))
                .json();
        assertThat(readers.path("paths").propertyNames()).containsExactly("/pipes/top_products.json");
    }
}
