package dev.rookery.controlplane.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a changed data source means for its rows. */
class SchemaChangeTest {
    private static final Upload PROJECT = Upload.datasource("events", "`id` Int32, `name` String");

    private static Tenant live() {
        Tenant tenant = Tenant.create();
        PROJECT.live(tenant.adminToken());
        tenant.insert("events", "VALUES (1, 'a'), (2, 'b')");
        return tenant;
    }

    @Nested
    class AddedColumn {
        private static final Upload WITH_COLUMN =
                Upload.datasource("events", "`id` Int32, `name` String, `score` Int64 DEFAULT id * 10");

        @Test
        @DisplayName("DEP-12 in place: the rows stay, with the default; nothing changes before it is live")
        void inPlace() {
            Tenant tenant = live();
            String table = tenant.table("events");

            Reply staged = WITH_COLUMN
                    .withEndpoint("scores", "SELECT sum(score) AS s FROM events")
                    .deploy(tenant.adminToken());
            assertThat(staged.text("/result")).as(staged.body()).isEqualTo("success");
            assertThat(staged.texts("/deployment/changed_datasource_names")).containsExactly("events");
            tenant.insert("events", "VALUES (3, 'c')");
            Http.post("/v1/deployments/2/set-live", tenant.adminToken());

            assertThat(tenant.table("events")).isEqualTo(table);
            assertThat(tenant.rows("SELECT sum(score) FROM $events", "events")).containsExactly("60");
        }

        @Test
        @DisplayName("CC-2.1 SQL is tried out on the columns to come, and the trial leaves nothing")
        void triedOut() {
            Tenant tenant = live();

            Reply refused = WITH_COLUMN
                    .withEndpoint("scores", "SELECT sum(scores) AS s FROM events")
                    .deploy(tenant.adminToken());
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains("scores").doesNotContain("t_0", "ws_0");

            WITH_COLUMN.live(tenant.adminToken());
            assertThat(unused(tenant)).isZero();
        }

        @Test
        @DisplayName("CC-2.1 a default that ClickHouse refuses is found before it is live")
        void badDefault() {
            Tenant tenant = live();

            Reply refused = Upload.datasource("events", "`id` Int32, `name` String, `x` Int64 DEFAULT nothing + 1")
                    .deploy(tenant.adminToken());

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("/errors/0/filename")).isEqualTo("events.datasource");
        }

        @Test
        @DisplayName("DEP-10 a column that an interrupted promotion left behind with another type does not stay")
        void leftBehind() {
            Tenant tenant = live();
            ControlPlane.shared()
                    .clickHouse()
                    .execute("ALTER TABLE " + tenant.table("events") + " ADD COLUMN score String");

            WITH_COLUMN.live(tenant.adminToken());

            assertThat(tenant.rows("SELECT DISTINCT toTypeName(score) FROM $events", "events"))
                    .containsExactly("Int64");
        }

        private static int unused(Tenant tenant) {
            return ControlPlane.shared()
                    .jdbc()
                    .sql("select count(*) from physical_objects where workspace_id = :id and state = 'creating'")
                    .param("id", tenant.id().value())
                    .query(Integer.class)
                    .single();
        }
    }

    @Nested
    class OtherChanges {
        @ParameterizedTest
        @ValueSource(strings = {"SCHEMA >\n    `id` Int64, `name` String\n", "SCHEMA >\n    `id` Int32\n"})
        @DisplayName(
                "DEP-16 what does not fit the live rows is refused with a forward query to add; a build starts empty")
        void mismatch(String datafile) {
            Tenant tenant = live();
            Upload changed = Upload.of("events.datasource", datafile);

            Reply refused = changed.deploy(tenant.adminToken());
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("/errors/0/error")).contains("events.datasource", "FORWARD_QUERY > SELECT");
            assertThat(tenant.rows("SELECT count() FROM $events", "events")).containsExactly("2");

            Reply built = changed.build(tenant.adminToken());
            assertThat(built.text("/result")).as(built.body()).isEqualTo("success");
            assertThat(built.text("/build/feedback/0/level")).isEqualTo("WARNING");
            assertThat(built.text("/build/feedback/0/resource")).isEqualTo("Datasource events.datasource");
            assertThat(tenant.rows("SELECT count() FROM $events", "events")).containsExactly("0");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SCHEMA >\n    `name` String, `id` Int32\n",
                    "SCHEMA >\n    `id` Int32, `name` String\n\nENGINE MergeTree\nENGINE_SORTING_KEY id\n",
                    "SCHEMA >\n    `name` String, `more` String DEFAULT 'm', `id` Int32\n\nENGINE ReplacingMergeTree\nENGINE_SORTING_KEY id\nENGINE_PARTITION_KEY id % 3\n",
                })
        @DisplayName("DEP-17 another order of columns and another engine: rebuilt, and filled without being asked")
        void rebuilt(String datafile) {
            Tenant tenant = live();
            String table = tenant.table("events");

            Reply staged = Upload.of("events.datasource", datafile).deploy(tenant.adminToken());
            assertThat(staged.text("/deployment/data_movements/0/kind"))
                    .as(staged.body())
                    .isEqualTo("backfill_with_forward_query");
            tenant.insert("events", "VALUES (3, 'c')");
            Upload.setLive("2", tenant.adminToken());

            assertThat(tenant.table("events")).isNotEqualTo(table);
            assertThat(tenant.rows("SELECT concat(toString(id), name) FROM $events ORDER BY id", "events"))
                    .containsExactly("1a", "2b", "3c");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SCHEMA >\n    `id` Int32, `name` String\n\nINDEXES >\n    INDEX i id TYPE minmax GRANULARITY 1\n",
                    "SCHEMA >\n    `id` Int32, `first` UInt8 DEFAULT 7, `name` String DEFAULT 'n' CODEC(ZSTD(3))\n",
                    "SCHEMA >\n    `id` Int32, `name` String\n\nENGINE MergeTree\nENGINE_TTL toDate('2099-01-01') + toIntervalDay(id)\nENGINE_SETTINGS ttl_only_drop_parts=1\n",
                })
        @DisplayName("DEP-12 columns anywhere, defaults, codecs, indexes, TTL and settings: in place, and back again")
        void altered(String datafile) {
            Tenant tenant = live();
            String table = tenant.table("events");

            Upload.of("events.datasource", datafile).live(tenant.adminToken());
            tenant.insert("events", "(id, name) VALUES (3, 'c')");
            assertThat(tenant.table("events")).isEqualTo(table);
            assertThat(tenant.rows("SELECT concat(toString(id), name) FROM $events ORDER BY id", "events"))
                    .containsExactly("1a", "2b", "3c");
            if (!datafile.contains("first")) {
                PROJECT.live(tenant.adminToken());
                assertThat(tenant.table("events")).isEqualTo(table);
            }
        }

        @Test
        @DisplayName(
                "DEP-18 a forward query brings rows into a schema that does not fit, those that arrive meanwhile too")
        void forwardQuery() {
            Tenant tenant = live();
            String datafile = """
                    SCHEMA >
                        `key` String, `length` UInt16

                    FORWARD_QUERY >
                        SELECT concat(name, toString(id)) AS key, length(name) AS length
                    """;

            Reply staged = Upload.of("events.datasource", datafile).deploy(tenant.adminToken());
            assertThat(staged.text("/result")).as(staged.body()).isEqualTo("success");
            tenant.insert("events", "VALUES (3, 'ccc')");
            Upload.setLive("2", tenant.adminToken());
            tenant.insert("events", "VALUES ('d4', 1)");

            assertThat(tenant.rows("SELECT concat(key, ':', toString(length)) FROM $events ORDER BY key", "events"))
                    .containsExactly("a1:1", "b2:1", "ccc3:3", "d4:1");
        }

        @Test
        @DisplayName(
                "CC-2.2 auto_promote: live by itself, at once or when the rows are there, and the one before is gone")
        void autoPromote() {
            Tenant tenant = live();
            String sorted = """
                    SCHEMA >
                        `id` Int32, `name` String

                    ENGINE MergeTree
                    ENGINE_SORTING_KEY id
                    """;

            Reply moving =
                    Upload.of("events.datasource", sorted).send("/v1/deploy?auto_promote=true", tenant.adminToken());
            assertThat(moving.text("/result")).as(moving.body()).isEqualTo("success");
            await("live")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> Http.get("/v1/deployments/2", tenant.adminToken())
                            .at("/deployment/live")
                            .asBoolean());
            assertThat(tenant.rows("SELECT count() FROM $events", "events")).containsExactly("2");
            assertThat(Http.get("/v1/deployments/1", tenant.adminToken()).text("/deployment/status"))
                    .isEqualTo("deleted");

            Reply still = Upload.of("events.datasource", "DESCRIPTION >\n    d\n\n" + sorted)
                    .send("/v1/deploy?auto_promote=true", tenant.adminToken());
            assertThat(still.at("/deployment/live").asBoolean())
                    .as(still.body())
                    .isTrue();
        }

        @Test
        @DisplayName(
                "DEP-21 rows that a forward query cannot bring over: the deployment ends, live stays, with the reason")
        void unfit() {
            Tenant tenant = live();

            Reply staged = Upload.of(
                            "events.datasource",
                            "SCHEMA >\n    `id` Int32, `name` UUID\n\nFORWARD_QUERY >\n    SELECT id, toUUID(name) AS name\n")
                    .deploy(tenant.adminToken());
            assertThat(staged.text("/result")).as(staged.body()).isEqualTo("success");

            Reply ended = await("discarded")
                    .atMost(Duration.ofMinutes(1))
                    .until(
                            () -> Http.get("/v1/deployments/2", tenant.adminToken()),
                            reply -> reply.text("/deployment/status").equals("deleted"));
            assertThat(ended.text("/deployment/errors/0/error"))
                    .contains("Error on datasource 'events'", "UUID")
                    .doesNotContain("ws_0", "t_0");
            assertThat(tenant.rows("SELECT count() FROM $events", "events")).containsExactly("2");
            PROJECT.withEndpoint("top", "SELECT count() AS c FROM events").live(tenant.adminToken());
        }

        @Test
        @DisplayName("DEP-18 a forward query that is no SELECT over the live rows alone is refused with its line")
        void badForwardQuery() {
            Tenant tenant = live();

            Reply refused = Upload.of(
                            "events.datasource",
                            "SCHEMA >\n    `id` Int64\n\nFORWARD_QUERY >\n    SELECT id FROM system.users\n")
                    .deploy(tenant.adminToken());

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("/errors/0/error"))
                    .startsWith("events.datasource:")
                    .contains("FORWARD_QUERY");
        }

        @Test
        @DisplayName("JP-1 JSON paths and descriptions leave the table as it is")
        void notOfTheTable() {
            Tenant tenant = live();
            String table = tenant.table("events");

            Reply reply = Upload.of(
                            "events.datasource",
                            "DESCRIPTION >\n    all of them\n\nSCHEMA >\n    `id` Int32 `json:$.i`, `name` String `json:$.n`\n")
                    .deploy(tenant.adminToken());
            Http.post("/v1/deployments/2/set-live", tenant.adminToken());

            assertThat(reply.texts("/deployment/changed_datasource_names")).containsExactly("events");
            assertThat(tenant.table("events")).isEqualTo(table);
        }
    }
}
