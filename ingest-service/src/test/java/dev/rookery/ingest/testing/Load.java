package dev.rookery.ingest.testing;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Clients that send batches of rows one after the other and remember which were acknowledged. A batch that was not is
 * not sent again: what became of it is open, but it may be stored once at most.
 */
public final class Load implements AutoCloseable {
    /** What the rows fill: the id says all there is to say. */
    public static final String DATASOURCE = """
            SCHEMA >
                `id` UInt64 `json:$.id`,
                `word` String `json:$.word`,
                `at` DateTime64(3) DEFAULT now64(3)

            ENGINE "MergeTree"
            ENGINE_PARTITION_KEY "id % 3"
            ENGINE_SORTING_KEY "id"
            """;

    private static final int ROWS = 50;

    private final EventsClient client;
    private final List<String> sources;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
    private volatile boolean running = true;

    private Load(EventsClient client, List<String> sources) {
        this.client = client;
        this.sources = sources;
    }

    /** Starts to send, each client to the sources in turn. */
    public static Load start(EventsClient client, int clients, List<String> sources) {
        Load load = new Load(client, sources);
        for (int i = 0; i < clients; i++) {
            var _ = load.threads.submit(load::run);
        }
        return load;
    }

    /** How many batches were acknowledged so far. */
    public int acknowledged() {
        return acknowledged.size();
    }

    /** How many batches were not acknowledged so far. */
    public int refused() {
        return refused.get();
    }

    /** Stops sending, when the batches under way are answered. */
    public void stop() {
        running = false;
        threads.close();
    }

    /** The number of rows acknowledged for a source. */
    public long rows(String source) {
        return acknowledged.stream()
                        .filter(batch -> source(batch).equals(source))
                        .count()
                * ROWS;
    }

    /** A query for count, distinct ids and checksum of the rows acknowledged for a source. */
    public String expectation(String source) {
        String ids = acknowledged.stream()
                .filter(batch -> source(batch).equals(source))
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        return """
                SELECT count(), uniqExact(id), sum(cityHash64(id, concat('w', toString(id))))
                FROM (SELECT toUInt64(b * %1$d + arrayJoin(range(%1$d))) AS id
                      FROM (SELECT arrayJoin([%2$s]) AS b)) FORMAT TSV
                SETTINGS max_query_size = 100000000, max_ast_elements = 10000000, max_expanded_ast_elements = 10000000
                """.formatted(ROWS, ids);
    }

    /** The same of what a table holds of these rows. */
    public String observation(String source, String table) {
        String ids = acknowledged.stream()
                .filter(batch -> source(batch).equals(source))
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        return """
                SELECT count(), uniqExact(id), sum(cityHash64(id, word)) FROM %s
                WHERE intDiv(id, %d) IN (SELECT arrayJoin([%s])) FORMAT TSV
                SETTINGS max_query_size = 100000000, max_ast_elements = 10000000, max_expanded_ast_elements = 10000000
                """.formatted(table, ROWS, ids);
    }

    private String source(int batch) {
        return sources.get(batch % sources.size());
    }

    private void run() {
        while (running) {
            int batch = batches.getAndIncrement();
            String body = IntStream.range(0, ROWS)
                    .mapToLong(i -> (long) batch * ROWS + i)
                    .mapToObj(id -> "{\"id\":%d,\"word\":\"w%d\"}".formatted(id, id))
                    .collect(Collectors.joining("\n"));
            try {
                if (client.post("name=" + source(batch), body).statusCode() == 202) {
                    acknowledged.add(batch);
                } else {
                    refused.incrementAndGet();
                }
            } catch (IOException e) {
                refused.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        running = false;
        threads.shutdownNow();
    }
}
