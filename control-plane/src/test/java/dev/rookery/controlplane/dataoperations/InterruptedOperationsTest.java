package dev.rookery.controlplane.dataoperations;

import static dev.rookery.controlplane.dataoperations.Chain.send;
import static dev.rookery.controlplane.dataoperations.Chain.sums;
import static dev.rookery.controlplane.dataoperations.Chain.truncate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.catalog.JobId;
import dev.rookery.controlplane.deployments.Reaping;
import dev.rookery.controlplane.tables.UnfinishedSections;
import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.FaultyClickHouse;
import dev.rookery.controlplane.testing.Tenant;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ALGORITHMS.md B and D: what was left in the middle is brought to its end")
class InterruptedOperationsTest {
    /** As if the control-plane that has begun them were dead for as long as a lease lasts. */
    private static void finish(Tenant tenant) {
        await("finished").atMost(Duration.ofMinutes(1)).until(() -> {
            var plane = ControlPlane.shared();
            plane.jdbc()
                    .sql("update barriers set lease_until = now() where workspace_id = :id and state = 'begun'")
                    .param("id", tenant.id().value())
                    .update();
            plane.bean(UnfinishedSections.class).finish();
            return plane.jdbc()
                    .sql("select count(*) = 0 from barriers where workspace_id = :id and state in ('asked', 'begun')")
                    .param("id", tenant.id().value())
                    .query(Boolean.class)
                    .single();
        });
        Chain.awaitIdle(tenant);
    }

    @Test
    @DisplayName("DS-15 a truncate whose views are off: rows wait, and it is finished")
    void truncateInTheMiddle() {
        Tenant tenant = Tenant.create();
        try (var faulty = FaultyClickHouse.before(tenant)) {
            Chain.PROJECT.live(tenant.adminToken());
            send(tenant, 0, 100);
            faulty.failOn(text -> text.startsWith("CREATE MATERIALIZED VIEW"));
            assertThat(truncate(tenant, "events").status()).isEqualTo(503);
            send(tenant, 0, 10);
            assertThat(truncate(tenant, "events").status()).as("in its way").isEqualTo(409);
            faulty.heal();

            finish(tenant);

            assertThat(sums(tenant)).containsExactly("10 45", "110 4995", "110 4995");
            Chain.assertNothingLeft(tenant, Reaping::now);
            assertThat(truncate(tenant, "events").status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("DS-15 a truncate that did not come to its barrier has changed nothing")
    void truncateBefore() {
        Tenant tenant = Tenant.create();
        try (var faulty = FaultyClickHouse.before(tenant)) {
            Chain.PROJECT.live(tenant.adminToken());
            send(tenant, 0, 100);
            faulty.failOn(text -> text.startsWith("CREATE TABLE"));
            assertThat(truncate(tenant, "events").status()).isEqualTo(503);
            faulty.heal();
            assertThat(sums(tenant)).containsExactly("100 4950", "100 4950", "100 4950");
            Chain.assertNothingLeft(tenant, Reaping::now);
            assertThat(truncate(tenant, "events").status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("RD-9 a replace whose fork, and then whose exchange, stood still")
    void replace() {
        Tenant tenant = Tenant.create();
        try (var faulty = FaultyClickHouse.before(tenant)) {
            Chain.PROJECT.live(tenant.adminToken());
            send(tenant, 0, 100);
            faulty.failOn(text -> text.startsWith("CREATE OR REPLACE TABLE") || text.startsWith("DROP VIEW"));
            JobId job = Replace.begin(tenant, "events", "day = '2026-01-01'", "VALUES (5, 'n0', '2026-01-01')", 0);
            awaitBegun(tenant, Forks.KIND);
            send(tenant, 1000, 10);
            faulty.failOn(text -> text.startsWith("DROP VIEW"));
            finish(tenant);
            awaitBegun(tenant, Swaps.KIND);
            send(tenant, 2000, 10);
            faulty.heal();
            finish(tenant);

            assertThat(Chain.ended(tenant, job.toString()).text("/status")).isEqualTo("done");
            long ids = 4950 - 950 + 5 + 10045 + 20045;
            String expected = "101 " + ids;
            assertThat(sums(tenant)).containsExactly(expected, expected, expected);
            Chain.assertNothingLeft(tenant, Reaping::now);
        }
    }

    private static void awaitBegun(Tenant tenant, String kind) {
        await(kind)
                .atMost(Duration.ofMinutes(1))
                .until(() -> ControlPlane.shared()
                        .jdbc()
                        .sql(
                                "select count(*) = 1 from barriers where workspace_id = :id and kind = :kind and state = 'begun'")
                        .param("id", tenant.id().value())
                        .param("kind", kind)
                        .query(Boolean.class)
                        .single());
    }

    @Test
    @DisplayName("DS-15 what a control-plane had recorded and not begun when it died is in nobody's way")
    void stranded() {
        Tenant tenant = Chain.live();
        var plane = ControlPlane.shared();
        plane.jdbc()
                .sql("with o as (insert into data_operations (id, workspace_id, resource_id, kind, created_at)"
                        + " select gen_random_uuid(), :workspace, :resource, 'truncate', now() - interval '1 hour'"
                        + " returning id, resource_id)"
                        + " insert into data_operation_claims select resource_id, id from o")
                .param("workspace", tenant.id().value())
                .param(
                        "resource",
                        tenant.snapshot()
                                .live()
                                .datasource("events")
                                .orElseThrow()
                                .id()
                                .value())
                .update();
        assertThat(truncate(tenant, "events").status()).isEqualTo(409);

        plane.bean(OperationSections.class).endStranded(Duration.ofMinutes(30));

        assertThat(truncate(tenant, "events").status()).isEqualTo(200);
    }
}
