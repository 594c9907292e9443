package dev.rookery.bench.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose materialized view always fails gets 10 MB a second; a neighbour in the same partition sends a row now
 * and then: how long until that row can be queried, beside the same without the load.
 */
final class Isolation {
    private static final long BYTES_PER_SECOND = 10_000_000;
    private static final int BODY_ROWS = 1_000;
    private static final int WARM_UP_PROBES = 30;
    private static final int PROBES = 250;
    private static final long PROBE_EVERY_NANOS = 137_000_000;
    private static final long LOOK_EVERY_NANOS = 5_000_000;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Installation on;
    private final Tenant noisy;
    private final Tenant neighbour;
    private final String neighbourTable;
    private long number;

    private record Latency(double p50, double p99, double max) {
        static Latency of(double[] millis) {
            double[] sorted = millis.clone();
            Arrays.sort(sorted);
            return new Latency(
                    sorted[sorted.length / 2], sorted[(int) (sorted.length * 0.99)], sorted[sorted.length - 1]);
        }

        @Override
        public String toString() {
            return "p50 %.0f ms, p99 %.0f ms, longest %.0f ms".formatted(p50, p99, max);
        }
    }

    Isolation(Installation on) throws IOException {
        this.on = on;
        this.noisy = Tenant.with(on, "noisy", Map.of("events", WebEvents.datafile()));
        this.neighbour = Tenant.with(on, "neighbour", Map.of("ids", """
                SCHEMA >
                    `id` UInt64 `json:$.id`

                ENGINE "MergeTree"
                ENGINE_SORTING_KEY "id"
                """));
        this.neighbourTable = neighbour.tables().getFirst();
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        load(new AtomicLong(System.nanoTime() + WARM_UP.toNanos()));
        probe(WARM_UP_PROBES);
        Latency alone = probe(PROBES);
        Report.line("isolation: the neighbour alone: " + alone);
        failingView();
        try (var threads = Executors.newFixedThreadPool(1)) {
            long began = System.nanoTime();
            var until = new AtomicLong(Long.MAX_VALUE);
            Future<Long> load = threads.submit(() -> load(until));
            Latency loaded;
            try {
                loaded = probe(PROBES);
            } finally {
                until.set(0);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            Report.line("isolation: beside %.1f MB/s into a data source whose view fails: %s"
                    .formatted(load.get() / seconds / 1e6, loaded));
            double p50 = loaded.p50() / alone.p50();
            double p99 = loaded.p99() / alone.p99();
            Report.line("isolation: p50 %.2f times, p99 %.2f times that of the neighbour alone, promised below 2: %s"
                    .formatted(p50, p99, Report.kept(p50 < 2 && p99 < 2)));
        }
    }

    private void failingView() throws IOException {
        String landing = noisy.tables().getFirst();
        ClickHouseUser clickHouse = on.clickHouse();
        clickHouse.execute(
                "CREATE TABLE %s.bad_target (n UInt8) ENGINE = MergeTree ORDER BY n".formatted(noisy.database()));
        clickHouse.execute(
                "CREATE MATERIALIZED VIEW %1$s.bad TO %1$s.bad_target AS SELECT throwIf(user_id >= 0) AS n FROM %2$s"
                        .formatted(noisy.database(), landing));
    }

    /** Sends so many bytes a second until a time; how many it were. */
    private long load(AtomicLong until) throws IOException {
        byte[] body = WebEvents.ndjson(3, BODY_ROWS);
        byte[] head = noisy.eventsHead("events", body.length);
        long began = System.nanoTime();
        long sent = 0;
        try (HttpConnection connection = HttpConnection.to(on.events())) {
            while (System.nanoTime() < until.get()) {
                int status = connection.post(head, body);
                if (status / 100 != 2) {
                    throw new IOException("%d %s".formatted(status, connection.answer()));
                }
                sent += body.length;
                LockSupport.parkNanos(began + sent * 1_000_000_000L / BYTES_PER_SECOND - System.nanoTime());
            }
        }
        return sent;
    }

    /** Sends rows, one every so often, and watches for each of them. */
    private Latency probe(int probes) throws IOException, InterruptedException, ExecutionException {
        long first = number;
        var sentAt = new AtomicLongArray(probes);
        number += probes;
        try (var threads = Executors.newFixedThreadPool(1)) {
            Future<?> sender = threads.submit(() -> sendProbes(first, sentAt));
            double[] millis = watch(first, sentAt);
            sender.get();
            return Latency.of(millis);
        }
    }

    private @Nullable Void sendProbes(long first, AtomicLongArray sentAt) throws IOException {
        long began = System.nanoTime();
        try (HttpConnection connection = HttpConnection.to(on.events())) {
            for (int i = 0; i < sentAt.length(); i++) {
                LockSupport.parkNanos(began + i * PROBE_EVERY_NANOS - System.nanoTime());
                byte[] row = "{\"id\":%d}".formatted(first + i).getBytes(StandardCharsets.UTF_8);
                sentAt.set(i, System.nanoTime());
                int status = connection.post(neighbour.eventsHead("ids", row.length), row);
                if (status / 100 != 2) {
                    throw new IOException("the neighbour was answered %d %s".formatted(status, connection.answer()));
                }
            }
        }
        return null;
    }

    /** Rows become visible in the order they were sent in: the highest number tells how many. */
    private double[] watch(long first, AtomicLongArray sentAt) throws IOException {
        double[] millis = new double[sentAt.length()];
        ClickHouseUser clickHouse = on.clickHouse();
        String question = "SELECT count() FROM " + neighbourTable;
        long deadline = System.nanoTime() + sentAt.length() * PROBE_EVERY_NANOS + PATIENCE.toNanos();
        try (HttpConnection connection = clickHouse.connect()) {
            int seen = 0;
            while (seen < sentAt.length()) {
                long visible = Long.parseLong(clickHouse.execute(connection, question)) - first;
                long now = System.nanoTime();
                for (; seen < visible; seen++) {
                    millis[seen] = (now - sentAt.get(seen)) / 1e6;
                }
                if (now > deadline) {
                    throw new IOException(
                            "%d of %d rows of the neighbour can be queried".formatted(seen, sentAt.length()));
                }
                LockSupport.parkNanos(LOOK_EVERY_NANOS);
            }
        }
        return millis;
    }
}
