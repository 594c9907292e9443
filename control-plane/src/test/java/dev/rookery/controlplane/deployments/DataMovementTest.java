package dev.rookery.controlplane.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.FaultyClickHouse;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows are in every table exactly once after a deployment that moves them, while more arrive all the time. */
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("DEP-12 no row is lost, doubled or missed by a view")
class DataMovementTest {
    private static final boolean SOAK = Boolean.getBoolean("rookery.soak");
    private static final long EXISTING = SOAK ? 1_000_000 : 20_000;
    private static final int BATCH = 50;

    private static final String EVENTS = """
            SCHEMA >
                `id` UInt64, `name` String, `day` Date

            ENGINE MergeTree
            ENGINE_PARTITION_KEY day
            ENGINE_SORTING_KEY id
            """;
    private static final String COUNTS = """
            SCHEMA >
                `name` String, `c` UInt64, `ids` UInt64

            ENGINE SummingMergeTree
            ENGINE_SORTING_KEY name
            """;
    private static final String COUNT = "SELECT name, count() AS c, sum(id) AS ids FROM events GROUP BY name";
    private static final String TOTALS = "SELECT name, c, ids FROM counts";

    /** A landing with a view, and a view over that view's target. */
    private static final Upload PROJECT = Upload.of("events.datasource", EVENTS)
            .with("counts.datasource", COUNTS)
            .with("totals.datasource", COUNTS)
            .withMaterialized("count", COUNT, "counts")
            .withMaterialized("total", TOTALS, "totals");

    /**
     * A change of the project.
     *
     * @param factor what a row counts afterwards in {@code counts}
     * @param always whether it is tried in every run, or in long ones only
     */
    record Change(String what, Upload after, int factor, boolean always) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Change> changes() {
        return all().filter(change -> SOAK || change.always());
    }

    private static Stream<Change> all() {
        return Stream.of(
                new Change(
                        "the landing's sorting key",
                        PROJECT.with("events.datasource", EVENTS.replace("SORTING_KEY id", "SORTING_KEY name, id")),
                        1,
                        true),
                new Change(
                        "the landing's partition key",
                        PROJECT.with("events.datasource", EVENTS.replace("PARTITION_KEY day", "PARTITION_KEY id % 3")),
                        1,
                        false),
                new Change(
                        "the landing's type, by forward query",
                        PROJECT.with(
                                "events.datasource",
                                EVENTS.replace("`id` UInt64", "`id` Int64")
                                        + "\nFORWARD_QUERY >\n    SELECT toInt64(id) AS id, name, day\n"),
                        1,
                        true),
                new Change(
                        "a column of the landing renamed, by forward query",
                        PROJECT.with(
                                        "events.datasource",
                                        EVENTS.replace("`name` String", "`label` String")
                                                + "\nFORWARD_QUERY >\n    SELECT id, name AS label, day\n")
                                .withMaterialized("count", COUNT.replace("name,", "label AS name,"), "counts"),
                        1,
                        true),
                new Change(
                        "a column added to the landing",
                        PROJECT.with(
                                "events.datasource", EVENTS.replace("`name` String", "`more` UInt8, `name` String")),
                        1,
                        false),
                new Change(
                        "the view's query",
                        PROJECT.withMaterialized("count", COUNT.replace("count() AS c", "count() * 3 AS c"), "counts"),
                        3,
                        true),
                new Change(
                        "the view's target, by forward query",
                        PROJECT.with(
                                "counts.datasource",
                                COUNTS.replace("`c` UInt64", "`c` Int64")
                                        + "\nFORWARD_QUERY >\n    SELECT name, toInt64(c) AS c, ids\n"),
                        1,
                        true),
                new Change(
                        "the view's target's engine",
                        PROJECT.with("counts.datasource", COUNTS.replace("SummingMergeTree", "MergeTree")),
                        1,
                        false),
                new Change(
                        "one more view",
                        PROJECT.with("more.datasource", COUNTS).withMaterialized("count_more", COUNT, "more"),
                        1,
                        true),
                new Change(
                        "the view renamed",
                        PROJECT.without("count.pipe").withMaterialized("count2", COUNT, "counts"),
                        1,
                        false),
                new Change(
                        "nothing of the data",
                        PROJECT.withEndpoint("top", "SELECT count() AS c FROM events"),
                        1,
                        false));
    }

    /** Sends batches until it is stopped. */
    private static final class Sender implements AutoCloseable {
        private final Tenant tenant;
        private final AtomicLong next = new AtomicLong(EXISTING);
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Thread thread;

        Sender(Tenant tenant) {
            this.tenant = tenant;
            this.thread = Thread.ofVirtual().start(() -> {
                while (!stopped.get()) {
                    send(tenant, next.getAndAdd(BATCH), BATCH);
                }
            });
        }

        /** All rows sent, the existing ones included. */
        long stop() throws InterruptedException {
            stopped.set(true);
            thread.join(Duration.ofMinutes(1));
            ControlPlane.shared().writer(tenant.place().cluster()).awaitIdle();
            return next.get();
        }

        @Override
        public void close() {
            stopped.set(true);
        }
    }

    private static void send(Tenant tenant, long from, long count) {
        tenant.insert("events", file -> {
            boolean renamed =
                    file.columns().stream().anyMatch(column -> column.name().equals("label"));
            return "(id, %s, day) SELECT number, 'n' || toString(number %% 7), toDate('2026-01-01') + number %% 5 FROM numbers(%d, %d)"
                    .formatted(renamed ? "label" : "name", from, count);
        });
    }

    @ParameterizedTest
    @MethodSource("changes")
    @DisplayName("DEP-12 each kind of change, with a sender at work")
    void change(Change change) throws InterruptedException {
        Tenant tenant = Tenant.create();
        // A writer of its own: others' barriers would wait for this sender's rows.
        try (var _ = FaultyClickHouse.before(tenant)) {
            PROJECT.live(tenant.adminToken());
            send(tenant, 0, EXISTING);
            long rows;
            try (var sender = new Sender(tenant)) {
                change.after().live(tenant.adminToken());
                rows = sender.stop();
            }

            assertComplete(tenant, change, rows);
            assertNothingLeft(tenant, change);
        }
    }

    /** Statements of the move, by how they begin. */
    static List<String> statements() {
        return SOAK
                ? List.of("CREATE OR REPLACE TABLE", "KILL QUERY", "TRUNCATE TABLE", "INSERT INTO", "ALTER TABLE")
                : List.of("CREATE OR REPLACE TABLE", "INSERT INTO", "ALTER TABLE");
    }

    @ParameterizedTest
    @MethodSource("statements")
    @DisplayName("DEP-12 with the answer to each kind of statement of the move lost")
    void unanswered(String statement) throws InterruptedException {
        moveWith(statement, true);
    }

    @ParameterizedTest
    @MethodSource("statements")
    @EnabledIfSystemProperty(named = "rookery.soak", matches = "true")
    @DisplayName("DEP-12 with each kind of statement of the move lost")
    void unsent(String statement) throws InterruptedException {
        moveWith(statement, false);
    }

    private static void moveWith(String statement, boolean reaches) throws InterruptedException {
        Change change =
                changes().filter(it -> it.what().contains("type")).findFirst().orElseThrow();
        Tenant tenant = Tenant.create();
        try (var faulty = FaultyClickHouse.before(tenant)) {
            PROJECT.live(tenant.adminToken());
            send(tenant, 0, EXISTING);
            long rows;
            try (var sender = new Sender(tenant)) {
                CountDownLatch broken = faulty.breakOnce(text -> text.startsWith(statement), reaches);
                Reply staged = change.after().deploy(tenant.adminToken());
                assertThat(staged.text("/result")).as(staged.body()).isEqualTo("success");
                assertThat(broken.await(1, TimeUnit.MINUTES)).as(statement).isTrue();
                Upload.setLive("2", tenant.adminToken());
                rows = sender.stop();
            }
            assertComplete(tenant, change, rows);
        }
    }

    private static void assertComplete(Tenant tenant, Change change, long rows) {
        String sum = Long.toString(rows * (rows - 1) / 2);
        assertThat(tenant.rows(
                        "SELECT concat(toString(count()), ' ', toString(uniqExact(id)), ' ', toString(sum(id))) FROM $events",
                        "events"))
                .as("events")
                .containsExactly("%d %d %s".formatted(rows, rows, sum));
        DeploymentView live = tenant.snapshot().live();
        for (String derived : Stream.of("counts", "totals", "more")
                .filter(name -> live.datasource(name).isPresent())
                .toList()) {
            int factor = derived.equals("more") ? 1 : change.factor();
            assertThat(tenant.rows(
                            "SELECT concat(toString(sum(c)), ' ', toString(sum(ids))) FROM $" + derived, derived))
                    .as(derived)
                    .containsExactly("%d %s".formatted(rows * factor, sum));
        }
    }

    private static void assertNothingLeft(Tenant tenant, Change change) {
        var reaper = ControlPlane.shared().bean(Reaper.class);
        reaper.forgetEntries(Duration.ZERO);
        await("reaped").atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            reaper.reap(Duration.ZERO);
            long objects = tenant.snapshot().live().datasources().size()
                    + tenant.snapshot().live().pipes().values().stream()
                            .filter(pipe -> pipe.view() != null)
                            .count();
            assertThat(tenant.physical()).as(change.what()).hasSize((int) objects);
        });
        assertThat(Http.get("/v1/deployments", tenant.adminToken())
                        .at("/deployments")
                        .size())
                .isEqualTo(1);
    }
}
