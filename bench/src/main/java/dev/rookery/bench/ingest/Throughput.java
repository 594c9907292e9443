package dev.rookery.bench.ingest;

import dev.rookery.bench.ingest.Clients.Request;
import dev.rookery.bench.ingest.Clients.Sent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * The same lines, by the same clients, through the platform and straight into ClickHouse as JSONEachRow: rows a second until
 * all can be queried, and what all processes but the clients spend on a million of them.
 */
final class Throughput {
    private static final int CLIENTS = 4;
    private static final int BODIES = 8;
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration ROUND = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private final Installation on;
    private final Tenant tenant;
    private final ClickHouseUser clickHouse;
    private final String peerTable;
    private final List<byte[]> bodies = new ArrayList<>();
    private final int rowsPerBody;

    private record Measured(
            double rowsPerSecond, double megabytesPerSecond, double cpuPerMillion, Map<String, Double> cpu) {}

    Throughput(Installation on) throws IOException {
        this.on = on;
        this.tenant = Tenant.with(on, "throughput", Map.of("events", WebEvents.datafile()));
        this.clickHouse = on.clickHouse();
        this.peerTable = "bench.direct";
        clickHouse.execute("CREATE DATABASE IF NOT EXISTS bench");
        clickHouse.execute(
                "CREATE TABLE %s AS %s".formatted(peerTable, tenant.tables().getFirst()));
        // The bodies repeat: a plain table, as somebody without a platform has it, forgets what it was given.
        clickHouse.execute(
                "ALTER TABLE %s MODIFY SETTING non_replicated_deduplication_window = 0".formatted(peerTable));
        this.rowsPerBody = (int) (1_000_000_000L / WebEvents.ndjson(1, 1_000).length);
        for (int seed = 0; seed < BODIES; seed++) {
            bodies.add(WebEvents.ndjson(seed, rowsPerBody));
        }
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        platform(WARM_UP);
        direct(WARM_UP);
        List<Measured> ours = new ArrayList<>();
        List<Measured> theirs = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            theirs.add(report("straight", direct(ROUND)));
            ours.add(report("platform", platform(ROUND)));
        }
        Report.line("throughput: the writer's inserts: " + inserts());
        double rows = median(ours, true) / median(theirs, true);
        double cpu = median(ours, false) / median(theirs, false);
        Report.line("throughput: %.2f of straight into ClickHouse, promised at least 0.60: %s"
                .formatted(rows, Report.kept(rows >= 0.6)));
        Report.line("throughput: CPU %.2f times that of straight into ClickHouse, promised at most 1.30: %s"
                .formatted(cpu, Report.kept(cpu <= 1.3)));
    }

    private static double median(List<Measured> rounds, boolean rows) {
        return rounds.stream()
                .mapToDouble(one -> rows ? one.rowsPerSecond() : one.cpuPerMillion())
                .sorted()
                .skip(rounds.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static Measured report(String what, Measured one) {
        Report.line("throughput %s: %,.0f rows/s, %.0f MB/s, %.2f CPU s per million rows %s"
                .formatted(
                        what,
                        one.rowsPerSecond(),
                        one.megabytesPerSecond(),
                        one.cpuPerMillion(),
                        Report.cpu(one.cpu())));
        return one;
    }

    private Measured platform(Duration during) throws IOException, InterruptedException, ExecutionException {
        List<Request> requests = bodies.stream()
                .map(body -> new Request(tenant.eventsHead("events", body.length), body, rowsPerBody))
                .toList();
        return measure(on.events(), requests, during, tenant.tables().getFirst());
    }

    private Measured direct(Duration during) throws IOException, InterruptedException, ExecutionException {
        List<Request> requests = bodies.stream()
                .map(body -> new Request(clickHouse.insertHead(peerTable, body.length, ""), body, rowsPerBody))
                .toList();
        return measure(clickHouse.server(), requests, during, peerTable);
    }

    private Measured measure(URI server, List<Request> requests, Duration during, String table)
            throws IOException, InterruptedException, ExecutionException {
        long before = count(table);
        Map<String, Double> cpuBefore = on.cpu().seconds();
        long start = System.nanoTime();
        Sent sent = Clients.send(server, CLIENTS, during, requests);
        if (sent.refused() > 0) {
            throw new IOException(sent.refused() + " requests were refused");
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (count(table) < before + sent.rows()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("%d of %d rows are there".formatted(count(table) - before, sent.rows()));
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Double> cpu = on.cpu().since(cpuBefore);
        double all = cpu.values().stream().mapToDouble(Double::doubleValue).sum();
        return new Measured(sent.rows() / seconds, sent.bytes() / seconds / 1e6, all * 1e6 / sent.rows(), cpu);
    }

    /** How many, of how many rows, and how long each. */
    private String inserts() throws IOException {
        return clickHouse.execute("""
                SELECT format('{}, {} rows and {} ms each', toString(count()), toString(round(avg(written_rows))),
                              toString(round(avg(query_duration_ms))))
                  FROM system.query_log
                 WHERE type = 'QueryFinish' AND query_kind = 'Insert' AND has(databases, '%s')
                   AND query LIKE '%%RowBinary%%' AND written_rows > 100""".formatted(tenant.database()));
    }

    private long count(String table) throws IOException {
        return Long.parseLong(clickHouse.execute("SELECT count() FROM " + table));
    }
}
