package dev.rookery.bench.ingest;

import dev.rookery.bench.ingest.Clients.Request;
import dev.rookery.bench.ingest.Clients.Sent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Requests of 1 KB at 64 connections over 100 data sources, durably acknowledged; the peer is an insert per request. */
final class SmallRequests {
    private static final int CONNECTIONS = 64;
    private static final int SOURCES = 100;
    private static final int BYTES = 1_000;
    private static final int PROMISED = 5_000;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration PEER = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_AGAIN_NANOS = 200_000_000;

    private final Installation on;
    private final Tenant tenant;
    private final List<String> tables;
    private long expected;

    SmallRequests(Installation on) throws IOException {
        this.on = on;
        Map<String, String> sources = new LinkedHashMap<>();
        for (int i = 0; i < SOURCES; i++) {
            sources.put("small_" + i, WebEvents.datafile());
        }
        this.tenant = Tenant.with(on, "small", sources);
        this.tables = tenant.tables();
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        platform(WARM_UP);
        settle();
        Map<String, Double> before = on.cpu().seconds();
        long start = System.nanoTime();
        Sent ours = platform(MEASURED);
        double rate = ours.requests() * 1e9 / (System.nanoTime() - start);
        Report.line("small requests: %,.0f acknowledged/s, %.0f bytes each, refused %d %s"
                .formatted(
                        rate,
                        ours.bytes() / (double) ours.requests(),
                        ours.refused(),
                        Report.cpu(on.cpu().since(before))));
        settle();
        start = System.nanoTime();
        Sent theirs = direct(PEER);
        double peer = theirs.requests() * 1e9 / (System.nanoTime() - start);
        Report.line("small requests: ClickHouse's own inserts %,.0f/s, refused %d".formatted(peer, theirs.refused()));
        Report.line("small requests: %.1f times ClickHouse's own inserts; promised at least %,d/s: %s"
                .formatted(rate / peer, PROMISED, Report.kept(rate >= PROMISED)));
    }

    /** Waits until everything that was acknowledged is stored, exactly. */
    private void settle() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long stored = tenant.rows();
        while (stored != expected) {
            if (System.nanoTime() > deadline) {
                throw new IOException("%d of %d rows are there".formatted(stored, expected));
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            stored = tenant.rows();
        }
    }

    private Sent platform(Duration during) throws InterruptedException, ExecutionException {
        List<Request> requests = IntStream.range(0, SOURCES)
                .mapToObj(i -> {
                    Lines lines = lines(i);
                    return new Request(
                            tenant.eventsHead("small_" + i, lines.bytes().length), lines.bytes(), lines.rows());
                })
                .toList();
        Sent sent = send(on.events(), during, requests);
        expected += sent.rows();
        return sent;
    }

    private Sent direct(Duration during) throws IOException, InterruptedException, ExecutionException {
        ClickHouseUser clickHouse = on.clickHouse();
        for (String table : tables) {
            clickHouse.execute(
                    "ALTER TABLE %s MODIFY SETTING non_replicated_deduplication_window = 0".formatted(table));
        }
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < SOURCES; i++) {
            Lines lines = lines(i);
            requests.add(new Request(
                    clickHouse.insertHead(tables.get(i), lines.bytes().length, ""), lines.bytes(), lines.rows()));
        }
        return send(clickHouse.server(), during, requests);
    }

    private static Sent send(URI server, Duration during, List<Request> requests)
            throws InterruptedException, ExecutionException {
        return Clients.send(server, CONNECTIONS, during, requests);
    }

    private record Lines(byte[] bytes, int rows) {}

    /** As many whole lines as there is room for. */
    private static Lines lines(int seed) {
        int rows = 1;
        byte[] lines = WebEvents.ndjson(seed, rows);
        while (lines.length < BYTES * 3 / 4) {
            rows++;
            lines = WebEvents.ndjson(seed, rows);
        }
        return new Lines(lines, rows);
    }
}
