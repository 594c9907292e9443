package dev.rookery.ingest.testing;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Clients that send each batch of rows until it is acknowledged, under an idempotency key: what must be stored is exactly
 * the batches 0 to n, source by source in turn.
 */
public final class StubbornLoad implements AutoCloseable {
    private static final Duration AGAIN = Duration.ofMillis(100);

    private final EventsClient client;
    private final List<String> sources;
    private final int rows;
    private final Duration pause;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicLong retries = new AtomicLong();
    private volatile boolean running = true;

    private StubbornLoad(EventsClient client, List<String> sources, int rows, Duration pause) {
        this.client = client;
        this.sources = sources;
        this.rows = rows;
        this.pause = pause;
    }

    /**
     * Starts to send.
     *
     * @param rows of a batch
     * @param pause between two batches of a client, on average
     */
    public static StubbornLoad start(EventsClient client, int clients, List<String> sources, int rows, Duration pause) {
        var load = new StubbornLoad(client, sources, rows, pause);
        for (int i = 0; i < clients; i++) {
            var random = new Random(i);
            var _ = load.threads.submit(() -> load.run(random));
        }
        return load;
    }

    /** How many rows were acknowledged so far. */
    public long acknowledged() {
        return (long) acknowledged.get() * rows;
    }

    /** How many requests had to be sent again. */
    public long retries() {
        return retries.get();
    }

    /** Stops sending when every batch that was begun is acknowledged. */
    public void finish() {
        running = false;
        threads.close();
    }

    /** How many rows a source was sent. */
    public long rows(String source) {
        return IntStream.range(0, batches.get())
                        .filter(batch -> source(batch).equals(source))
                        .count()
                * rows;
    }

    /** A query for count, distinct ids and checksum of the rows of a source. */
    public String expectation(String source) {
        return """
                SELECT count(), uniqExact(id), sum(cityHash64(id, concat('w', toString(id))))
                FROM (SELECT number AS id FROM numbers(%d) WHERE intDiv(number, %d) %% %d = %d) FORMAT TSV
                """.formatted((long) batches.get() * rows, rows, sources.size(), sources.indexOf(source));
    }

    /** The same of what a table holds. */
    public static String observation(String table) {
        return "SELECT count(), uniqExact(id), sum(cityHash64(id, word)) FROM %s FORMAT TSV".formatted(table);
    }

    private String source(int batch) {
        return sources.get(batch % sources.size());
    }

    private void run(Random random) {
        while (running) {
            int batch = batches.getAndIncrement();
            String body = IntStream.range(0, rows)
                    .mapToLong(i -> (long) batch * rows + i)
                    .mapToObj(id -> "{\"id\":%d,\"word\":\"w%d\"}".formatted(id, id))
                    .collect(Collectors.joining("\n"));
            while (!isAcknowledged(batch, body)) {
                retries.incrementAndGet();
                LockSupport.parkNanos(AGAIN.toNanos());
            }
            acknowledged.incrementAndGet();
            LockSupport.parkNanos((long) (pause.toNanos() * 2 * random.nextDouble()));
        }
    }

    private boolean isAcknowledged(int batch, String body) {
        try {
            return client.send(client.request("name=" + source(batch))
                                    .timeout(Duration.ofSeconds(10))
                                    .header("Idempotency-Key", "batch-" + batch)
                                    .POST(BodyPublishers.ofString(body)))
                            .statusCode()
                    == 202;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a batch is left half sent", e);
        }
    }

    @Override
    public void close() {
        running = false;
        threads.shutdownNow();
    }
}
