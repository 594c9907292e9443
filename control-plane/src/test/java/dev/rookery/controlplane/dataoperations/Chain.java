package dev.rookery.controlplane.dataoperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.time.Duration;
import java.util.List;

/** A landing by day, a view into counts by day and name, and a view of those into totals by day. */
final class Chain {
    static final String EVENTS = """
            SCHEMA >
                `id` UInt64, `name` String, `day` Date

            ENGINE MergeTree
            ENGINE_PARTITION_KEY day
            ENGINE_SORTING_KEY id
            """;
    static final String COUNTS = """
            SCHEMA >
                `day` Date, `name` String, `c` UInt64, `ids` UInt64

            ENGINE SummingMergeTree
            ENGINE_PARTITION_KEY day
            ENGINE_SORTING_KEY "day, name"
            """;
    static final String TOTALS = """
            SCHEMA >
                `day` Date, `c` UInt64, `ids` UInt64

            ENGINE SummingMergeTree
            ENGINE_PARTITION_KEY day
            ENGINE_SORTING_KEY day
            """;
    static final String COUNT = "SELECT day, name, count() AS c, sum(id) AS ids FROM events GROUP BY day, name";
    static final String TOTAL = "SELECT day, sum(c) AS c, sum(ids) AS ids FROM counts GROUP BY day";

    static final Upload PROJECT = Upload.of("events.datasource", EVENTS)
            .with("counts.datasource", COUNTS)
            .with("totals.datasource", TOTALS)
            .withMaterialized("count", COUNT, "counts")
            .withMaterialized("total", TOTAL, "totals");

    private Chain() {}

    /** A workspace of this project. */
    static Tenant live() {
        Tenant tenant = Tenant.create();
        PROJECT.live(tenant.adminToken());
        return tenant;
    }

    /** Sends rows: 5 days, 7 names. */
    static void send(Tenant tenant, long from, long count) {
        tenant.insert(
                "events",
                "(id, name, day) SELECT number, 'n' || toString(number %% 7), toDate('2026-01-01') + number %% 5 FROM numbers(%d, %d)"
                        .formatted(from, count));
    }

    static Reply truncate(Tenant tenant, String name) {
        return Http.post("/v0/datasources/" + name + "/truncate", tenant.adminToken());
    }

    /** Waits until a job has ended. */
    static Reply ended(Tenant tenant, String job) {
        return await("job " + job)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> Http.get("/v0/jobs/" + job, tenant.adminToken()),
                        reply -> List.of("done", "error", "cancelled").contains(reply.text("/status")));
    }

    /** Count and sum of ids in the landing, and what the views' targets say of both. */
    static List<String> sums(Tenant tenant) {
        return List.of(
                one(tenant, "SELECT concat(toString(count()), ' ', toString(sum(id))) FROM $events", "events"),
                one(tenant, "SELECT concat(toString(sum(c)), ' ', toString(sum(ids))) FROM $counts", "counts"),
                one(tenant, "SELECT concat(toString(sum(c)), ' ', toString(sum(ids))) FROM $totals", "totals"));
    }

    static String one(Tenant tenant, String sql, String datasource) {
        List<String> rows = tenant.rows(sql, datasource);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    /** Every table and view that the workspace has is one that serves. */
    static void assertNothingLeft(Tenant tenant, Runnable reap) {
        await("reaped").atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            reap.run();
            var live = tenant.snapshot().live();
            long objects = live.datasources().size()
                    + live.datasources().values().stream()
                            .filter(entry -> entry.quarantineTable() != null)
                            .count()
                    + live.pipes().values().stream()
                            .filter(pipe -> pipe.view() != null)
                            .count();
            assertThat(tenant.physical()).hasSize((int) objects);
        });
    }

    static void awaitIdle(Tenant tenant) {
        ControlPlane.shared().writer(tenant.place().cluster()).awaitIdle();
    }
}
