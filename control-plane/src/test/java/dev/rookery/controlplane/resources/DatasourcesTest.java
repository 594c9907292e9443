package dev.rookery.controlplane.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.ingestion.Backlog;
import dev.rookery.catalog.ingestion.Lane;
import dev.rookery.catalog.ingestion.LaneKey;
import dev.rookery.catalog.ingestion.LaneStore;
import dev.rookery.catalog.ingestion.LogPartition;
import dev.rookery.catalog.ingestion.PartitionLease;
import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** GET /v0/datasources and GET /v0/datasources/{name} (client-contract.md 8). */
class DatasourcesTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}";

    private final Tenant tenant = Shop.open();
    private final String token = tenant.adminToken();

    private JsonNode listed(String name, String query) {
        return Http.get("/v0/datasources" + query, token)
                .at("/datasources")
                .valueStream()
                .filter(item -> item.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Nested
    class Lists {
        @Test
        @DisplayName("8, 17: the engine has exactly four keys and a column exactly seven; times are cut by clients")
        void shape() {
            JsonNode orders = listed("orders", "");

            assertThat(orders.path("engine").propertyNames())
                    .containsExactlyInAnyOrder(
                            "engine", "engine_sorting_key", "engine_partition_key", "engine_primary_key");
            assertThat(orders.path("engine").toString())
                    .isEqualTo(
                            "{\"engine\":\"MergeTree\",\"engine_sorting_key\":\"id, at\",\"engine_partition_key\":\"toYYYYMM(at)\",\"engine_primary_key\":\"id, at\"}");
            assertThat(orders.path("columns").valueStream())
                    .hasSize(3)
                    .allSatisfy(column -> assertThat(column.propertyNames())
                            .containsExactlyInAnyOrder(
                                    "name",
                                    "type",
                                    "codec",
                                    "default_value",
                                    "jsonpath",
                                    "nullable",
                                    "normalized_name"));
            assertThat(orders.path("created_at").asString()).matches(TIME);
            assertThat(orders.path("updated_at").asString()).matches(TIME);
            assertThat(orders.path("id").asString()).matches("t_[0-9a-f]{32}");
            assertThat(orders.path("description").asString()).isEqualTo("Orders of the shop");
            assertThat(orders.path("type").asString()).isEqualTo("ndjson");
            assertThat(listed("counts", "").path("type").asString()).isEqualTo("csv");
            assertThat(orders.path("new_columns_detected").isObject()).isTrue();
            assertThat(orders.path("tags").isObject()).isTrue();
            assertThat(orders.path("shared_from").isNull()).isTrue();
            assertThat(orders.path("service").isNull()).isTrue();
            assertThat(orders.at("/indexes/0/name").asString()).isEqualTo("by_note");
        }

        @Test
        @DisplayName("IP-7, IP-8: a data source that is stored late says since when, why, and how much waits")
        void delayedIngestion() {
            assertThat(listed("counts", "").path("delayed_ingestion").isNull()).isTrue();
            ResourceId counts =
                    tenant.snapshot().live().datasource("counts").orElseThrow().id();
            var partition = new LogPartition("delays." + counts, 0);
            LaneStore lanes = ControlPlane.shared().bean(LaneStore.class);
            PartitionLease lease = lanes.own(partition);
            var lane = new Lane(
                    new LaneKey(counts, LaneKey.LIVE), tenant.id(), 7, OptionalLong.of(9), null, "inserts fail");
            lanes.open(lease, lane, new Backlog(20, 300, Instant.parse("2026-01-01T00:00:00Z")), 9);

            JsonNode delayed = listed("counts", "").path("delayed_ingestion");

            assertThat(delayed.propertyNames()).containsExactly("since", "reason", "rows", "bytes", "oldest");
            assertThat(delayed.path("since").asString()).matches(TIME);
            assertThat(delayed.path("reason").asString()).isEqualTo("inserts fail");
            assertThat(delayed.path("rows").asLong()).isEqualTo(20);
            assertThat(delayed.path("bytes").asLong()).isEqualTo(300);
            assertThat(delayed.path("oldest").asString()).isEqualTo("2026-01-01 00:00:00.000000");
            assertThat(listed("orders", "").path("delayed_ingestion").isNull()).isTrue();
            assertThat(listed("counts", "?attrs=name").has("delayed_ingestion")).isFalse();
        }

        @Test
        @DisplayName("8: columns carry their path, default and codec, the latter two with their keywords")
        void columns() {
            JsonNode columns = listed("orders", "").path("columns");

            assertThat(columns.at("/0/codec").asString()).isEqualTo("CODEC(DoubleDelta, ZSTD(1))");
            assertThat(columns.at("/0/jsonpath").asString()).isEqualTo("$.at");
            assertThat(columns.at("/0/default_value").isNull()).isTrue();
            assertThat(columns.at("/2/name").asString()).isEqualTo("note");
            assertThat(columns.at("/2/type").asString()).isEqualTo("Nullable(String)");
            assertThat(columns.at("/2/nullable").asBoolean()).isTrue();
            assertThat(columns.at("/2/default_value").asString()).isEqualTo("DEFAULT 'none'");
        }

        @Test
        @DisplayName("8: row counts are exact at the moment of reading, materialized rows and quarantine included")
        void statistics() {
            assertThat(listed("orders", "").at("/statistics/row_count").asInt(-1))
                    .isZero();
            assertThat(listed("orders", "").at("/statistics/bytes").asInt(-1)).isZero();

            tenant.insert("orders", "SELECT now() - number * 86400 % 172800, number, 'x' FROM numbers(1234)");

            JsonNode orders = listed("orders", "");
            assertThat(orders.at("/statistics/row_count").asInt()).isEqualTo(1234);
            assertThat(orders.at("/statistics/bytes").asInt()).isPositive();
            assertThat(orders.path("quarantine_rows").asInt(-1)).isZero();
            assertThat(listed("counts", "").at("/statistics/row_count").asInt()).isEqualTo(2);
        }

        @Test
        @DisplayName(
                "8: used_by names the pipes that read it, those of untaken branches included, and not those that fill it")
        void usedBy() {
            assertThat(names(listed("orders", "").path("used_by"))).containsExactly("counts_mv", "top");
            assertThat(names(listed("counts", "").path("used_by"))).containsExactly("top");
            assertThat(listed("orders", "").at("/used_by/0/id").asString()).matches("t_[0-9a-f]{32}");
        }

        @Test
        @DisplayName("1 rule 3: an empty attrs= is the full object; unknown names are ignored")
        void attributes() {
            assertThat(listed("orders", "?&attrs=").propertyNames())
                    .isEqualTo(listed("orders", "").propertyNames());
            assertThat(listed("orders", "?attrs=name").propertyNames()).containsExactly("name");
            assertThat(listed("orders", "?attrs=name,nonsense").propertyNames()).containsExactly("name");
        }

        @Test
        @DisplayName("8, 17: with the columns come the four attributes that the MCP client parses")
        void strictClient() {
            assertThat(listed("orders", "?attrs=id,name,description,columns&__tb__client=mcp-tinybird")
                            .propertyNames())
                    .containsExactlyInAnyOrder(
                            "id",
                            "name",
                            "description",
                            "columns",
                            "engine",
                            "indexes",
                            "new_columns_detected",
                            "quarantine_rows");
        }
    }

    @Nested
    class Details {
        @Test
        @DisplayName("8: by name and by id, in the form that has a schema and the engine's names without prefix")
        void shape() {
            Reply reply = Http.get("/v0/datasources/orders", token);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).startsWith("application/json");
            assertThat(reply.text("/engine/engine")).isEqualTo("MergeTree");
            assertThat(reply.text("/engine/sorting_key")).isEqualTo("id, at");
            assertThat(reply.text("/engine/partition_key")).isEqualTo("toYYYYMM(at)");
            assertThat(reply.text("/engine/primary_key")).isEqualTo("id, at");
            assertThat(reply.text("/engine/engine_full"))
                    .isEqualTo("MergeTree PARTITION BY toYYYYMM(at) ORDER BY (id, at) TTL at + toIntervalDay(3650)");
            assertThat(reply.text("/ttl")).isEqualTo("at + toIntervalDay(3650)");
            assertThat(reply.at("/schema/columns/0").propertyNames())
                    .containsExactlyInAnyOrder(
                            "name",
                            "type",
                            "codec",
                            "default_value",
                            "jsonpath",
                            "nullable",
                            "normalized_name",
                            "auto");
            assertThat(reply.text("/schema/sql_schema"))
                    .isEqualTo(
                            "`at` DateTime `json:$.at` CODEC(DoubleDelta, ZSTD(1)), `id` UInt64 `json:$.id`, `note` Nullable(String) `json:$.note` DEFAULT 'none'");
            assertThat(reply.at("/new_columns_detected").isBoolean()).isTrue();
            assertThat(reply.at("/shared_with").isArray()).isTrue();
            assertThat(reply.at("/last_commit").propertyNames())
                    .containsExactlyInAnyOrder("content_sha", "path", "status");
            assertThat(reply.json().propertyNames())
                    .contains(
                            "cluster",
                            "replicated",
                            "project",
                            "headers",
                            "errors_discarded_at",
                            "version",
                            "statistics",
                            "used_by",
                            "tags",
                            "indexes");

            Reply byId = Http.get("/v0/datasources/" + reply.text("/id"), token);
            assertThat(byId.json()).isEqualTo(reply.json());
        }

        @Test
        @DisplayName("8: attrs= is everything, attrs=used_by one thing")
        void attributes() {
            assertThat(Http.get("/v0/datasources/orders?attrs=&token=" + token, token)
                            .json())
                    .isEqualTo(Http.get("/v0/datasources/orders", token).json());
            assertThat(Http.get("/v0/datasources/orders?attrs=used_by", token)
                            .json()
                            .propertyNames())
                    .containsExactly("used_by");
        }

        @Test
        @DisplayName("DFD-6 to DFD-14: what an engine takes is told, whichever it is")
        void engines() {
            Tenant other = Tenant.create();
            Upload.of("replacing.datasource", """
                            SCHEMA >
                                `k` String, `v` UInt64, `gone` UInt8

                            ENGINE ReplacingMergeTree
                            ENGINE_SORTING_KEY "k"
                            ENGINE_VER v
                            ENGINE_IS_DELETED gone
                            """)
                    .with("plain.datasource", "SCHEMA >\n    `a` Int32\n")
                    .with("nothing.datasource", "SCHEMA >\n    `a` Int32\n\nENGINE \"Null\"\n")
                    .live(other.adminToken());

            Map<String, String> full = Map.of(
                    "replacing",
                    "ReplacingMergeTree(v, gone) ORDER BY k",
                    "plain",
                    "MergeTree ORDER BY tuple()",
                    "nothing",
                    "Null");
            full.forEach((name, text) -> assertThat(Http.get("/v0/datasources/" + name, other.adminToken())
                            .text("/engine/engine_full"))
                    .isEqualTo(text));
            assertThat(Http.get("/v0/datasources/replacing", other.adminToken()).text("/engine/engine_ver"))
                    .isEqualTo("v");
            assertThat(Http.get("/v0/datasources/nothing", other.adminToken())
                            .at("/statistics/row_count")
                            .asInt(-1))
                    .isZero();
        }

        @Test
        @DisplayName("DEP-14: a staged deployment is seen with __tb__deployment, by word and by number")
        void staged() {
            Upload more = Shop.PROJECT.withDatasource("later", "`a` Int32");
            String number = more.deploy(token).text("/deployment/id");

            assertThat(Http.get("/v0/datasources/later", token).status()).isEqualTo(404);
            for (String deployment : List.of("staging", number)) {
                String query = "?__tb__deployment=" + deployment;
                assertThat(Http.get("/v0/datasources/later" + query, token).status())
                        .isEqualTo(200);
                assertThat(names(Http.get("/v0/datasources" + query, token).at("/datasources")))
                        .containsExactly("counts", "later", "orders");
            }
            assertThat(Http.get("/v0/datasources?__tb__deployment=99", token).status())
                    .isEqualTo(404);
        }

        @Test
        @DisplayName("8: updated_at moves when the data source changes, and only then; created_at and id never do")
        void times() {
            JsonNode before = Http.get("/v0/datasources/orders", token).json();
            JsonNode counts = Http.get("/v0/datasources/counts", token).json();
            Shop.PROJECT
                    .with("datasources/counts.datasource", "DESCRIPTION >\n    By day\n\n" + Shop.COUNTS)
                    .live(token);

            assertThat(Http.get("/v0/datasources/orders", token).json()).isEqualTo(before);
            JsonNode changed = Http.get("/v0/datasources/counts", token).json();
            assertThat(changed.path("updated_at").asString())
                    .isGreaterThan(counts.path("updated_at").asString());
            assertThat(changed.path("created_at")).isEqualTo(counts.path("created_at"));
            assertThat(changed.path("id")).isEqualTo(counts.path("id"));
        }
    }

    @Nested
    class Returns404 {
        @Test
        @DisplayName("8: Data Source \"x\" does not exist")
        void missing() {
            for (String path : List.of("missing", "t_" + "0".repeat(32), "missing.datasource", "top")) {
                Reply reply = Http.get("/v0/datasources/" + path, token);
                assertThat(reply.status()).as(path).isEqualTo(404);
                assertThat(reply.error())
                        .isEqualTo("Data Source \"%s\" does not exist".formatted(path.replace(".datasource", "")));
            }
        }
    }

    @Nested
    class Returns403 {
        @Test
        @DisplayName("PIPE-8: data sources change through deployments only")
        void changes() {
            for (String method : List.of("PUT", "DELETE")) {
                Reply reply = Http.form(method, "/v0/datasources/orders", token, "name=other");
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.error())
                        .isEqualTo(
                                "Adding or modifying data sources to this workspace can only be done via deployments");
            }
        }

        @Test
        @DisplayName("TOK-6, TOK-2: a user token and no token")
        void callers() {
            assertThat(Http.get("/v0/datasources", tenant.userToken()).status()).isEqualTo(403);
            assertThat(Http.get("/v0/datasources", "nonsense").status()).isEqualTo(403);
            assertThat(Http.send(Http.anonymous("/v0/datasources/orders")).status())
                    .isEqualTo(403);
        }
    }

    private static List<String> names(JsonNode items) {
        return items.valueStream().map(item -> item.path("name").asString()).toList();
    }
}
