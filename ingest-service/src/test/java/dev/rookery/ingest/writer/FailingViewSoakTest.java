package dev.rookery.ingest.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.engines.testing.TestEngines;
import dev.rookery.ingest.testing.EventsClient;
import dev.rookery.ingest.testing.TestPlatform;
import dev.rookery.ingest.testing.TestService;
import dev.rookery.ingest.testing.TestWorkspace;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What {@code IsolationTest} does with a trickle, at 10 MB a second and with the writer's own settings. */
@DisplayName("A data source whose view always fails, at 10 MB a second")
@EnabledIfSystemProperty(named = "rookery.soak", matches = "true")
class FailingViewSoakTest {
    private static final long BYTES_PER_SECOND = 10_000_000;
    private static final Duration SENDING = Duration.ofSeconds(90);
    private static final int BATCH = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String WORDS = """
            SCHEMA >
                `id` UInt64 `json:$.id`,
                `word` String `json:$.word`

            ENGINE "MergeTree"
            ENGINE_SORTING_KEY "id"
            """;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    @DisplayName(
            "ALGORITHMS 5: its rows arrive once each, the partition advances, and the neighbour's rows are stored meanwhile")
    void tenMegabytes() throws Exception {
        TestPlatform platform =
                TestPlatform.on(TestEngines.newDatabase(), TestEngines.clickHouse(), TestEngines.kafka(), 1);
        TestWorkspace workspace = platform.newWorkspace();
        workspace.deploy(Map.of("poisoned", WORDS, "neighbour", WORDS));
        String table = workspace.tables("poisoned").getFirst();
        workspace
                .clickHouse()
                .execute("CREATE TABLE %s_target (id UInt64) ENGINE = MergeTree ORDER BY id".formatted(table));
        workspace
                .clickHouse()
                .execute("CREATE MATERIALIZED VIEW %1$s_view TO %1$s_target AS SELECT id + throwIf(1) AS id FROM %1$s"
                        .formatted(table));
        try (TestService service = TestService.start(platform, "--rookery.ingest.events.requests-per-second=100000");
                EventsClient client = service.client(workspace.adminToken());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Long> load = () -> send(client);
            Future<Long> sent = threads.submit(load);
            long stored = storedTo(platform);
            int asked = 0;
            while (!sent.isDone()) {
                String row = "{\"id\":%d,\"word\":\"n\"}".formatted(asked++);
                assertThat(client.post("name=neighbour&wait=true", row).statusCode())
                        .as("the neighbour's row %d", asked)
                        .isEqualTo(200);
                assertThat(storedTo(platform)).as("the partition").isGreaterThan(stored);
                stored = storedTo(platform);
            }

            long rows = sent.get();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    workspace.clickHouse().execute("SELECT count(), uniqExact(id) FROM " + table))
                            .isEqualTo(rows + "\t" + rows));
            assertThat(workspace
                            .clickHouse()
                            .count(workspace.tables("neighbour").getFirst()))
                    .isEqualTo(asked);
            assertThat(platform.states().staleViews(workspace.id())).hasSize(1);
        }
    }

    private static long storedTo(TestPlatform platform) {
        return platform.jdbc()
                .sql("select coalesce(max(stored_to), 0) from ingestion_partitions where topic = :topic")
                .param("topic", platform.topic())
                .query(Long.class)
                .single();
    }

    /** How many rows were acknowledged. */
    private static long send(EventsClient client) throws Exception {
        String padding = "x".repeat(200);
        long began = System.nanoTime();
        long bytes = 0;
        long rows = 0;
        while (System.nanoTime() - began < SENDING.toNanos()) {
            String body = LongStream.range(rows, rows + BATCH)
                    .mapToObj(id -> "{\"id\":%d,\"word\":\"%s\"}".formatted(id, padding))
                    .collect(Collectors.joining("\n"));
            assertThat(client.post("name=poisoned", body).statusCode()).isEqualTo(202);
            rows += BATCH;
            bytes += body.length();
            LockSupport.parkNanos(began + bytes * 1_000_000_000 / BYTES_PER_SECOND - System.nanoTime());
        }
        assertThat(bytes * 1e9 / (System.nanoTime() - began))
                .as("bytes a second")
                .isGreaterThan(BYTES_PER_SECOND * 0.95);
        return rows;
    }
}
