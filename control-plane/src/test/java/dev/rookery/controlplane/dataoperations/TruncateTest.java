package dev.rookery.controlplane.dataoperations;

import static dev.rookery.controlplane.dataoperations.Chain.one;
import static dev.rookery.controlplane.dataoperations.Chain.send;
import static dev.rookery.controlplane.dataoperations.Chain.sums;
import static dev.rookery.controlplane.dataoperations.Chain.truncate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.deployments.Reaping;
import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.FaultyClickHouse;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("POST /v0/datasources/{name}/truncate")
class TruncateTest {
    @Nested
    @DisplayName("200")
    class Returns200 {
        @Test
        @DisplayName("DS-15 all rows are gone, views go on, and what they made stays")
        void empty() {
            Tenant tenant = Chain.live();
            send(tenant, 0, 1000);
            String before = tenant.table("events");

            Reply reply = truncate(tenant, "events");

            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(sums(tenant)).containsExactly("0 0", "1000 499500", "1000 499500");
            assertThat(tenant.table("events")).isNotEqualTo(before);
            send(tenant, 0, 10);
            assertThat(sums(tenant)).containsExactly("10 45", "1010 499545", "1010 499545");
        }

        @Test
        @DisplayName("DS-15 cascade=true empties all that is made from it")
        void cascade() {
            Tenant tenant = Chain.live();
            send(tenant, 0, 1000);

            Reply reply = Http.form("POST", "/v0/datasources/events/truncate", tenant.adminToken(), "cascade=true");

            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(sums(tenant)).containsExactly("0 0", "0 0", "0 0");
            send(tenant, 0, 10);
            assertThat(sums(tenant)).containsExactly("10 45", "10 45", "10 45");
        }

        @Test
        @DisplayName("DS-15 the target of a view, by its id; what is made from it stays")
        void target() {
            Tenant tenant = Chain.live();
            send(tenant, 0, 1000);
            String id = tenant.snapshot()
                    .live()
                    .datasource("counts")
                    .orElseThrow()
                    .id()
                    .toString();

            assertThat(truncate(tenant, id).status()).isEqualTo(200);

            assertThat(sums(tenant)).containsExactly("1000 499500", "0 0", "1000 499500");
            send(tenant, 0, 10);
            assertThat(sums(tenant)).containsExactly("1010 499545", "10 45", "1010 499545");
        }

        @Test
        @DisplayName("DS-15 a data source that a view of another one looks up")
        void lookedUp() {
            Tenant tenant = Tenant.create();
            Upload.datasource("labels", "`id` UInt64, `label` String")
                    .withDatasource("events", "`id` UInt64")
                    .withDatasource("labelled", "`id` UInt64, `label` String")
                    .withMaterialized(
                            "label",
                            "SELECT e.id AS id, l.label AS label FROM events AS e LEFT JOIN labels AS l ON l.id = e.id",
                            "labelled")
                    .live(tenant.adminToken());
            tenant.insert("labels", "VALUES (1, 'one')");
            tenant.insert("events", "VALUES (1)");

            assertThat(truncate(tenant, "labels").status()).isEqualTo(200);

            tenant.insert("events", "VALUES (1)");
            assertThat(tenant.rows("SELECT label FROM $labelled ORDER BY label", "labelled"))
                    .containsExactly("", "one");
        }

        @Test
        @DisplayName("DS-15 again and again, and nothing is left over")
        void again() {
            Tenant tenant = Chain.live();
            for (int i = 0; i < 3; i++) {
                send(tenant, 0, 10);
                assertThat(truncate(tenant, "events").status()).isEqualTo(200);
                assertThat(truncate(tenant, "totals").status()).isEqualTo(200);
            }
            assertThat(sums(tenant)).containsExactly("0 0", "30 135", "0 0");
            Chain.assertNothingLeft(tenant, Reaping::now);
        }

        @Test
        @DisplayName("DS-15 rows that were accepted for the table of before are stored in the one of after")
        void accepted() {
            Tenant tenant = Chain.live();
            DatasourceEntry before =
                    tenant.snapshot().live().datasource("events").orElseThrow();
            assertThat(truncate(tenant, "events").status()).isEqualTo(200);
            assertThat(truncate(tenant, "events").status()).isEqualTo(200);

            ControlPlane.shared()
                    .writer(tenant.place().cluster())
                    .insert(before.id(), tenant.place().database(), before.table(), "VALUES (7, 'late', '2026-01-01')");

            assertThat(sums(tenant)).containsExactly("1 7", "1 7", "1 7");
        }

        @Test
        @DisplayName("DS-15 after a deployment, rows in the columns of before it find their way")
        void olderColumns() {
            Tenant tenant = Chain.live();
            DatasourceEntry before =
                    tenant.snapshot().live().datasource("events").orElseThrow();
            Chain.PROJECT
                    .with(
                            "events.datasource",
                            Chain.EVENTS.replace("`id` UInt64", "`id` Int64")
                                    + "\nFORWARD_QUERY >\n    SELECT toInt64(id) AS id, name, day\n")
                    .live(tenant.adminToken());
            assertThat(truncate(tenant, "events").status()).isEqualTo(200);

            ControlPlane.shared()
                    .writer(tenant.place().cluster())
                    .insert(before.id(), tenant.place().database(), before.table(), "VALUES (7, 'late', '2026-01-01')");

            assertThat(one(tenant, "SELECT concat(toString(count()), ' ', toString(sum(id))) FROM $events", "events"))
                    .isEqualTo("1 7");
        }
    }

    @Nested
    @DisplayName("QU quarantine")
    class Quarantine {
        private static String quarantine(Tenant tenant) {
            DatasourceEntry entry =
                    tenant.snapshot().live().datasource("events").orElseThrow();
            var plane = ControlPlane.shared();
            plane.bean(ChangeLog.class).commitAndAwait(() -> {
                var object = plane.bean(ResourceStore.class).announceQuarantine(tenant.id(), entry.id(), entry.table());
                plane.clickHouse()
                        .execute("CREATE TABLE IF NOT EXISTS %s (x String) ENGINE = MergeTree ORDER BY ()"
                                .formatted(Sql.table(tenant.place().database(), object.name())));
                plane.bean(ResourceStore.class).activate(tenant.id(), List.of(object.id()));
                return object;
            });
            return accept(tenant, entry);
        }

        /** Stores a row that did not fit, as accepted for a data source as it was; answers where it is kept now. */
        private static String accept(Tenant tenant, DatasourceEntry entry) {
            ControlPlane.shared()
                    .writer(tenant.place().cluster())
                    .insert(entry.id(), tenant.place().database(), entry.quarantineName(), "VALUES ('bad')");
            return count(tenant);
        }

        private static String count(Tenant tenant) {
            DatasourceEntry entry =
                    tenant.snapshot().live().datasource("events").orElseThrow();
            String table = Sql.table(tenant.place().database(), String.valueOf(entry.quarantineTable()));
            return one(tenant, "SELECT toString(count()) FROM " + table, "events");
        }

        @Test
        @DisplayName("QU-1 truncating the data source leaves its quarantine alone")
        void stays() {
            Tenant tenant = Chain.live();
            DatasourceEntry before =
                    tenant.snapshot().live().datasource("events").orElseThrow();
            assertThat(quarantine(tenant)).isEqualTo("1");

            assertThat(truncate(tenant, "events").status()).isEqualTo(200);

            assertThat(count(tenant)).isEqualTo("1");
            assertThat(accept(tenant, before)).isEqualTo("2");
            assertThat(quarantine(tenant)).isEqualTo("3");
            Chain.assertNothingLeft(tenant, Reaping::now);
        }

        @Test
        @DisplayName("QU-1 a quarantine is truncated by its own name")
        void ownName() {
            Tenant tenant = Chain.live();
            send(tenant, 0, 10);
            DatasourceEntry before =
                    tenant.snapshot().live().datasource("events").orElseThrow();
            assertThat(truncate(tenant, "events_quarantine").status())
                    .as("there is none")
                    .isEqualTo(200);
            assertThat(quarantine(tenant)).isEqualTo("1");

            assertThat(truncate(tenant, "events_quarantine").status()).isEqualTo(200);

            assertThat(count(tenant)).isEqualTo("0");
            assertThat(accept(tenant, before)).isEqualTo("1");
            assertThat(sums(tenant)).containsExactly("10 45", "10 45", "10 45");
            Chain.assertNothingLeft(tenant, Reaping::now);
        }
    }

    @Nested
    @DisplayName("refusals")
    class Refuses {
        @Test
        @DisplayName("DS-16 403 without the scope ADMIN")
        void scope() {
            Tenant tenant = Chain.live();
            for (String scope : List.of("DATASOURCES:CREATE", "DATASOURCES:APPEND:events", "DATASOURCES:DROP:events")) {
                assertThat(Http.post("/v0/datasources/events/truncate", tenant.token(scope))
                                .status())
                        .as(scope)
                        .isEqualTo(403);
            }
        }

        @Test
        @DisplayName("DS-15 404 for what there is not")
        void missing() {
            Tenant tenant = Chain.live();
            for (String name : List.of("nothing", "nothing_quarantine", "count")) {
                assertThat(truncate(tenant, name).status()).as(name).isEqualTo(404);
            }
        }

        @Test
        @DisplayName("DEP-1 409 while a deployment is staged")
        void staged() {
            Tenant tenant = Chain.live();
            send(tenant, 0, 10);
            Chain.PROJECT.withEndpoint("top", "SELECT 1 AS x").deploy(tenant.adminToken());

            Reply reply = truncate(tenant, "events");

            assertThat(reply.status()).as(reply.body()).isEqualTo(409);
            assertThat(reply.error()).contains("deployment in progress");
            assertThat(sums(tenant).getFirst()).isEqualTo("10 45");
            Upload.setLive("2", tenant.adminToken());
            assertThat(truncate(tenant, "events").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DROP VIEW", "CREATE MATERIALIZED VIEW", "CREATE TABLE"})
    @DisplayName("DS-15 with the answer to a statement lost")
    void unanswered(String statement) {
        Tenant tenant = Tenant.create();
        try (var faulty = FaultyClickHouse.before(tenant)) {
            Chain.PROJECT.live(tenant.adminToken());
            send(tenant, 0, 10);
            for (boolean reaches : List.of(true, false)) {
                var broken = faulty.breakOnce(text -> text.startsWith(statement), reaches);
                assertThat(Http.form("POST", "/v0/datasources/events/truncate", tenant.adminToken(), "cascade=true")
                                .status())
                        .isEqualTo(200);
                assertThat(broken.getCount()).isZero();
                assertThat(sums(tenant)).containsExactly("0 0", "0 0", "0 0");
                send(tenant, 0, 10);
                assertThat(sums(tenant)).containsExactly("10 45", "10 45", "10 45");
            }
        }
    }
}
