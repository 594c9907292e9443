package dev.rookery.controlplane.dataoperations;

import static dev.rookery.controlplane.dataoperations.Chain.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.controlplane.testing.FaultyClickHouse;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A sender that never rests: each of its rows is there once, or was removed by an operation that came after it. */
@Execution(ExecutionMode.SAME_THREAD)
@DisplayName("DS-15 RD-9 under a sender")
class UnderASenderTest {
    @Test
    @DisplayName("every acknowledged row is there once or was removed, in views alike")
    void once() throws InterruptedException {
        run();
    }

    @RepeatedTest(20)
    @EnabledIfSystemProperty(named = "rookery.soak", matches = "true")
    @DisplayName("the same, again and again")
    void often() throws InterruptedException {
        run();
    }

    private static void run() throws InterruptedException {
        Tenant tenant = Tenant.create();
        // A cluster of its own has a writer of its own: other tests' barriers do not wait for this sender.
        try (var _ = FaultyClickHouse.before(tenant)) {
            Chain.PROJECT.live(tenant.adminToken());
            once(tenant);
        }
    }

    private static void once(Tenant tenant) throws InterruptedException {
        Chain.send(tenant, 0, 1000);
        long end;
        long removed;
        long kept;
        try (var sender = new Sender(tenant)) {
            done(Replace.run(tenant, "events", "id < 1000 AND name = 'n1'", "VALUES (1, 'n1', '2026-01-01')"));
            truncateAll(tenant);
            done(Replace.run(tenant, "events", "id < 1000", "VALUES (1, 'n1', '2026-01-01')"));
            removed = sender.acknowledged();
            truncateAll(tenant);
            kept = sender.sent();
            done(Replace.run(tenant, "events", "id < 1000", "VALUES (1, 'n1', '2026-01-01'), (2, 'n1', '2026-01-02')"));
            end = sender.stop();
        }

        long first = first(tenant);
        assertThat(first).as("the cut of the last truncate").isBetween(removed, kept);
        long count = 2 + end - first;
        long ids = 3 + end * (end - 1) / 2 - first * (first - 1) / 2;
        String expected = "%d %d".formatted(count, ids);
        assertThat(Chain.sums(tenant)).containsExactly(expected, expected, expected);
        assertThat(one(tenant, "SELECT toString(uniqExact(id)) FROM $events", "events"))
                .isEqualTo(Long.toString(count));
    }

    @Test
    @DisplayName("DS-7 DS-11 a replace of all rows, and a delete of what was acknowledged")
    void replaceAllAndDelete() throws InterruptedException {
        Tenant tenant = Tenant.create();
        try (var _ = FaultyClickHouse.before(tenant)) {
            Chain.PROJECT.live(tenant.adminToken());
            replaceAllAndDelete(tenant);
        }
    }

    private static void replaceAllAndDelete(Tenant tenant) throws InterruptedException {
        long end;
        long removed;
        long kept;
        long bound;
        try (var sender = new Sender(tenant)) {
            removed = sender.acknowledged();
            done(Replace.run(tenant, "events", null, "VALUES (1, 'n1', '2026-01-01')"));
            kept = sender.sent();
            long first = first(tenant);
            assertThat(first).isBetween(removed, kept);
            bound = sender.acknowledged();
            Reply begun = Http.form(
                    "POST",
                    "/v0/datasources/events/delete",
                    tenant.adminToken(),
                    "delete_condition=" + Http.encode("id < " + bound));
            assertThat(begun.status()).as(begun.body()).isEqualTo(200);
            done(Chain.ended(tenant, begun.text("/job_id")));
            end = sender.stop();
        }
        assertThat(one(tenant, "SELECT concat(toString(count()), ' ', toString(sum(id))) FROM $events", "events"))
                .isEqualTo("%d %d".formatted(end - bound, end * (end - 1) / 2 - bound * (bound - 1) / 2));
        assertThat(Chain.sums(tenant).get(1))
                .as("views follow a replace and no delete")
                .isEqualTo(Chain.sums(tenant).get(2));
    }

    /** The first of the sender's rows that is there. */
    private static long first(Tenant tenant) {
        return await().until(
                        () -> Long.parseLong(
                                one(tenant, "SELECT toString(min(id)) FROM $events WHERE id > 1000", "events")),
                        id -> id > 0);
    }

    private static void truncateAll(Tenant tenant) {
        Reply reply = Http.form("POST", "/v0/datasources/events/truncate", tenant.adminToken(), "cascade=true");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static void done(Reply ended) {
        assertThat(ended.text("/status")).as(ended.body()).isEqualTo("done");
    }
}
