package dev.rookery.controlplane.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** GET /v0/pipes, /v1/pipes and /v0/pipes/{name} (client-contract.md 11). */
class PipesTest {
    private final Tenant tenant = Shop.open();
    private final String token = tenant.adminToken();

    private JsonNode listed(String name, String pathAndQuery) {
        return Http.get(pathAndQuery, token)
                .at("/pipes")
                .valueStream()
                .filter(item -> item.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Nested
    class Lists {
        @Test
        @DisplayName("11: a pipe of the list, in both versions")
        void shape() {
            JsonNode top = listed("top", "/v0/pipes");

            assertThat(top.propertyNames())
                    .contains(
                            "id",
                            "name",
                            "description",
                            "type",
                            "endpoint",
                            "url",
                            "created_at",
                            "updated_at",
                            "parent",
                            "nodes");
            assertThat(top.path("description").asString()).isEqualTo("The orders, newest first");
            assertThat(top.path("type").asString()).isEqualTo("endpoint");
            assertThat(top.path("endpoint")).isEqualTo(top.at("/nodes/1/id"));
            assertThat(top.path("url").asString())
                    .isEqualTo(ControlPlane.shared().url() + "/v0/pipes/top.json");
            assertThat(listed("shared", "/v0/pipes").path("type").asString()).isEqualTo("default");
            assertThat(listed("shared", "/v0/pipes").path("endpoint").isNull()).isTrue();
            assertThat(listed("counts_mv", "/v0/pipes").path("type").asString()).isEqualTo("materialized");
            assertThat(listed("top", "/v1/pipes")).isEqualTo(top);
        }

        @Test
        @DisplayName("11: attrs=id,name is exactly those and the url, which always comes")
        void attributes() {
            assertThat(listed("top", "/v0/pipes?attrs=id,name").propertyNames())
                    .containsExactlyInAnyOrder("id", "name", "url");
            assertThat(listed("top", "/v0/pipes?attrs=id,name,description,type,endpoint")
                            .propertyNames())
                    .containsExactlyInAnyOrder("id", "name", "description", "type", "endpoint", "url");
            assertThat(listed("top", "/v0/pipes?&attrs=").propertyNames())
                    .isEqualTo(listed("top", "/v0/pipes").propertyNames());
        }

        @Test
        @DisplayName("11: node_attrs choose among the nodes' attributes; dependencies=true tells what they read")
        void nodeAttributes() {
            JsonNode top = listed("top", "/v0/pipes?attrs=name&node_attrs=name,sql&dependencies=true");
            assertThat(top.propertyNames()).containsExactlyInAnyOrder("name", "url", "nodes");
            assertThat(top.at("/nodes/0").propertyNames()).containsExactlyInAnyOrder("name", "sql");

            assertThat(listed("top", "/v0/pipes").at("/nodes/0/dependencies").isNull())
                    .isTrue();
            assertThat(texts(listed("top", "/v0/pipes?dependencies=true").at("/nodes/0/dependencies")))
                    .containsExactly("counts", "orders");
        }
    }

    @Nested
    class Details {
        @Test
        @DisplayName("11: by name and by id, with its nodes, parameters and datafile")
        void shape() {
            Reply reply = Http.get("/v0/pipes/top", token);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().propertyNames())
                    .contains("content", "path", "workspace_id", "edited_by", "last_commit", "parent");
            assertThat(reply.text("/content")).isEqualTo(Shop.TOP);
            assertThat(reply.text("/path")).isEqualTo("endpoints/top.pipe");
            assertThat(reply.text("/workspace_id")).isEqualTo(tenant.id().toString());
            assertThat(texts(reply.at("/nodes/1/dependencies"))).containsExactly("filtered");
            assertThat(reply.text("/nodes/0/node_type")).isEqualTo("standard");
            assertThat(reply.text("/nodes/1/node_type")).isEqualTo("endpoint");
            assertThat(reply.text("/nodes/0/description")).isEqualTo("Only some");
            assertThat(reply.text("/nodes/0/sql")).startsWith("%\nSELECT * FROM orders");
            assertThat(reply.at("/nodes/0").propertyNames())
                    .contains(
                            "id",
                            "materialized",
                            "created_at",
                            "updated_at",
                            "version",
                            "tags",
                            "cluster",
                            "project",
                            "result",
                            "ignore_sql_errors",
                            "deployment_suffix");
            assertThat(Http.get("/v0/pipes/" + reply.text("/id"), token).json()).isEqualTo(reply.json());
            assertThat(Http.get("/v1/pipes/top", token).json()).isEqualTo(reply.json());
        }

        @Test
        @DisplayName("11: parameters with type, default, description, and whether a request must bring them")
        void parameters() {
            Reply reply = Http.get("/v0/pipes/top", token);

            assertThat(reply.at("/nodes/0/params/0").toString())
                    .isEqualTo(
                            "{\"name\":\"at_least\",\"type\":\"UInt64\",\"default\":1,\"required\":false,\"description\":\"The least id\"}");
            assertThat(reply.at("/nodes/1/params/0").toString())
                    .isEqualTo(
                            "{\"name\":\"limit\",\"type\":\"Int32\",\"default\":10,\"required\":false,\"description\":null}");
        }

        @Test
        @DisplayName("11: the columns of each node's result, with ClickHouse's types")
        void columns() {
            Reply reply = Http.get("/v0/pipes/top", token);
            assertThat(reply.at("/nodes/0/columns").toString())
                    .isEqualTo(
                            "[{\"name\":\"at\",\"type\":\"DateTime\"},{\"name\":\"id\",\"type\":\"UInt64\"},{\"name\":\"note\",\"type\":\"Nullable(String)\"}]");
            assertThat(reply.at("/nodes/1/columns").toString())
                    .isEqualTo(
                            "[{\"name\":\"id\",\"type\":\"UInt64\"},{\"name\":\"note\",\"type\":\"Nullable(String)\"}]");
            assertThat(Http.get("/v0/pipes/shared", token)
                            .at("/nodes/0/columns")
                            .size())
                    .isEqualTo(2);
        }

        @Test
        @DisplayName("11: a node that renders only with a request's values has no columns to tell")
        void needsValues() {
            Tenant other = Tenant.create();
            Upload.empty()
                    .withEndpoint("strict", "%\n    SELECT {{ Int32(n, required=True) }} AS n")
                    .live(other.adminToken());
            Reply reply = Http.get("/v0/pipes/strict", other.adminToken());
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.at("/nodes/0/columns").isEmpty()).isTrue();
            assertThat(reply.at("/nodes/0/params/0/required").asBoolean()).isTrue();
        }

        @Test
        @DisplayName("11: a materialization names its data source")
        void materialized() {
            Reply reply = Http.get("/v0/pipes/counts_mv", token);

            assertThat(reply.text("/materialized_datasource")).isEqualTo("counts");
            assertThat(reply.text("/nodes/0/materialized"))
                    .isEqualTo(Http.get("/v0/datasources/counts", token).text("/id"));
            assertThat(reply.at("/endpoint").isNull()).isTrue();
        }
    }

    @Nested
    class Returns404 {
        @Test
        @DisplayName("11: Pipe 'x' not found")
        void missing() {
            for (String path : List.of("/v0/pipes/missing", "/v1/pipes/missing", "/v1/pipes/missing.pipe")) {
                Reply reply = Http.get(path, token);
                assertThat(reply.status()).isEqualTo(404);
                assertThat(reply.error()).isEqualTo("Pipe 'missing' not found");
            }
        }

        @Test
        @DisplayName("11: what is a format is not ours to answer")
        void formats() {
            for (String format : List.of("json", "csv", "ndjson", "parquet", "prometheus")) {
                assertThat(Http.get("/v0/pipes/top." + format, token).error()).contains("There is no GET");
            }
            assertThat(Http.get("/v0/pipes/openapi.json", token).error()).contains("There is no GET");
            assertThat(Http.get("/v0/pipes/top/explain", token).error()).contains("There is no GET");
        }
    }

    @Nested
    class Returns403 {
        @Test
        @DisplayName("PIPE-8: pipes change through deployments only")
        void changes() {
            assertThat(Http.post("/v0/pipes?name=x", token).error()).endsWith("can only be done via deployments");
            assertThat(Http.delete("/v0/pipes/top", token).status()).isEqualTo(403);
            assertThat(Http.get("/v0/pipes/top", token).status()).isEqualTo(200);
        }
    }

    private static List<String> texts(JsonNode items) {
        return items.valueStream().map(JsonNode::asString).toList();
    }
}
