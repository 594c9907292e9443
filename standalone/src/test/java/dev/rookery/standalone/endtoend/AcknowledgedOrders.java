package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Senders that keep a book of what was acknowledged to them, until they are stopped or the platform is gone. */
final class AcknowledgedOrders implements AutoCloseable {
    private static final int ROWS = 50;
    private static final int SENDERS = 4;

    private final TestWorkspace workspace;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    AcknowledgedOrders(TestWorkspace workspace) {
        this.workspace = workspace;
        IntStream.range(0, SENDERS).forEach(sender -> senders.execute(() -> send(sender % 2 == 0)));
    }

    /** Waits for some batches more. */
    void awaitMore() {
        int until = batches() + 2 * SENDERS;
        await().atMost(Duration.ofMinutes(1)).until(() -> batches() >= until);
    }

    int batches() {
        return acknowledged.size();
    }

    private void send(boolean untilStored) {
        while (!stopped.get()) {
            int batch = next.getAndIncrement();
            String rows = ShopProject.orders((long) batch * ROWS, (long) (batch + 1) * ROWS);
            try {
                Reply answer = untilStored ? workspace.eventsAndWait("orders", rows) : workspace.events("orders", rows);
                if (answer.status() == 200 || answer.status() == 202) {
                    assertThat(answer.json().path("successful_rows").asInt()).isEqualTo(ROWS);
                    acknowledged.add(batch);
                }
            } catch (UncheckedIOException gone) {
                // The platform was killed below it: a batch without an answer may be stored, or not.
                return;
            }
        }
    }

    /** @throws AssertionError when something acknowledged is missing, or anything is there twice */
    static void assertStoredOnce(TestWorkspace workspace, Set<Integer> batches) {
        String list = batches.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        List<String> sums =
                List.of(text(workspace, """
                        SELECT count(), uniqExact(id), sum(cityHash64(id, toString(product), amount))
                        FROM orders WHERE has(%s, intDiv(id, %d))""".formatted(list, ROWS)), text(workspace, """
                        SELECT count(), uniqExact(id), sum(cityHash64(id, concat('p', toString(id %% 4)), toFloat64(id)))
                        FROM (SELECT arrayJoin(arrayMap(i -> toUInt64(batch * %2$d + i), range(%2$d))) AS id
                              FROM (SELECT arrayJoin(%1$s) AS batch))""".formatted(list, ROWS)));
        assertThat(sums.getFirst()).as("stored of what was acknowledged").isEqualTo(sums.getLast());
        assertThat(text(workspace, "SELECT count() - uniqExact(id) FROM orders"))
                .as("rows there twice, acknowledged or not")
                .isEqualTo("0");
        assertThat(text(workspace, "SELECT sum(orders) - (SELECT count() FROM orders) FROM sales"))
                .as("the materialized view has each row once")
                .isEqualTo("0");
    }

    private static String text(TestWorkspace workspace, String sql) {
        Reply answer = workspace.post("/v0/sql", sql + " FORMAT TSV");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body().strip();
    }

    /** Stops sending; what was acknowledged until then. */
    Set<Integer> stop() {
        close();
        return Set.copyOf(acknowledged);
    }

    @Override
    public void close() {
        stopped.set(true);
        senders.close();
    }
}
