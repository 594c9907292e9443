package dev.rookery.ingest.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.ingestion.BarrierRequest;
import dev.rookery.catalog.ingestion.CriticalSection;
import dev.rookery.catalog.ingestion.Cut;
import dev.rookery.catalog.ingestion.PlanChanges;
import dev.rookery.engines.Engine;
import dev.rookery.engines.broker.KafkaEngine;
import dev.rookery.engines.clickhouse.ClickHouseEngine;
import dev.rookery.engines.postgres.PostgresEngine;
import dev.rookery.engines.testing.TestEngines;
import dev.rookery.ingest.testing.ChildService;
import dev.rookery.ingest.testing.EventsClient;
import dev.rookery.ingest.testing.StubbornLoad;
import dev.rookery.ingest.testing.TestPlatform;
import dev.rookery.ingest.testing.TestWorkspace;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * 16 clients against the service in processes of its own, while everything is killed or paused in turn, in an order and
 * for times given by a seed ({@code -Drookery.fire.seed}), tables refuse rows, and rows are sent to other tables. Five
 * faults; {@code -Psoak} makes it 56 and two million rows.
 */
@DisplayName("Exactly once under fire")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class UnderFireTest {
    private static final Logger LOG = LoggerFactory.getLogger(UnderFireTest.class);

    private static final boolean SOAK = Boolean.getBoolean("rookery.soak");
    private static final int FAULTS = SOAK ? 56 : 5;
    private static final long ROWS = SOAK ? 2_000_000 : 1_000;
    private static final int BATCH = SOAK ? 200 : 20;
    private static final int CLIENTS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> SOURCES = List.of("one", "two", "three", "four");
    private static final String DATASOURCE = """
            SCHEMA >
                `id` UInt64 `json:$.id`,
                `word` String `json:$.word`,
                `at` DateTime64(3) DEFAULT now64(3)

            ENGINE "MergeTree"
            ENGINE_PARTITION_KEY "id % 3"
            ENGINE_SORTING_KEY "id"
            """;

    @TempDir
    static Path directory;

    private final long seed = Long.getLong("rookery.fire.seed", System.nanoTime() % 1_000_000);
    private final Random random = new Random(seed);
    private final ClickHouseEngine clickHouse = TestEngines.newClickHouse();
    private final KafkaEngine kafka = TestEngines.newKafka();
    private final PostgresEngine postgres = TestEngines.newPostgres();
    private final TestPlatform platform =
            TestPlatform.on(postgres.connection(), clickHouse.connection(), kafka.connection(), 3);
    private final TestWorkspace workspace = platform.newWorkspace();
    private final int port = freePort();
    private final EventsClient client = new EventsClient(port, workspace.adminToken());
    private final AtomicInteger swaps = new AtomicInteger();
    private final Map<String, Integer> faults = new TreeMap<>();
    private ChildService http = newHttp();
    /** Two in the long run, so that one takes over what the other still believes to have. */
    private final List<ChildService> writers = new ArrayList<>(List.of(newWriter()));

    private final Map<String, List<String>> tables = new TreeMap<>();

    UnderFireTest() {
        Map<String, String> datafiles = new TreeMap<>();
        SOURCES.forEach(source -> datafiles.put(source, DATASOURCE));
        workspace.deploy(datafiles);
        if (SOAK) {
            writers.add(newWriter());
        }
        for (String source : SOURCES) {
            workspace.clickHouse().execute("""
                    CREATE TABLE %1$s_target (id UInt64, word String) ENGINE = MergeTree ORDER BY id
                    SETTINGS non_replicated_deduplication_window = 1000""".formatted(table(source)));
            createView(source, table(source));
            tables.put(source, new ArrayList<>(List.of(table(source))));
        }
    }

    private void createView(String source, String from) {
        workspace
                .clickHouse()
                .execute("CREATE MATERIALIZED VIEW %1$s_view TO %2$s_target AS SELECT id, word FROM %1$s"
                        .formatted(from, table(source)));
    }

    @AfterEach
    void stop() {
        client.close();
        http.close();
        writers.forEach(ChildService::close);
        postgres.close();
        kafka.close();
        clickHouse.close();
    }

    @Test
    @DisplayName("what was acknowledged is stored once, in every table and behind every view")
    void underFire() throws Exception {
        try (StubbornLoad load =
                StubbornLoad.start(client, CLIENTS, SOURCES, BATCH, Duration.ofMillis(SOAK ? 300 : 50))) {
            await().atMost(PATIENCE).until(() -> load.acknowledged() > 0);
            List<Fault> waiting = new ArrayList<>();
            for (int i = 0; i < FAULTS; i++) {
                if (waiting.isEmpty()) {
                    waiting.addAll(allFaults());
                    Collections.shuffle(waiting, random);
                }
                Fault fault = waiting.removeFirst();
                LOG.info("fault {} of {}: {}", i + 1, FAULTS, fault.name());
                faults.merge(fault.name(), 1, Integer::sum);
                fault.strike().run();
                long before = load.acknowledged();
                await().atMost(PATIENCE).until(() -> load.acknowledged() > before);
                idle(SOAK ? 3_000 : 500);
            }
            await().atMost(PATIENCE).until(() -> load.acknowledged() >= ROWS);
            load.finish();
            assertStored(load);
        }
    }

    private interface Strike {
        void run() throws Exception;
    }

    private record Fault(String name, Strike strike) {}

    /** Killed, paused: each part both ways; in the short run each part one way. */
    private List<Fault> allFaults() {
        List<Fault> all = new ArrayList<>();
        List<List<Fault>> parts = List.of(
                List.of(new Fault("kill ingest-service", this::killHttp), new Fault("pause ingest-service", () -> {
                    http.pause();
                    idle(2_000);
                    http.resume();
                })),
                List.of(new Fault("kill writer", this::killWriter), new Fault("pause writer", () -> {
                    ChildService writer = writers.get(random.nextInt(writers.size()));
                    writer.pause();
                    // Longer than its session: another has its partitions by then.
                    idle(SOAK ? 16_000 : 2_000);
                    writer.resume();
                })),
                List.of(
                        new Fault("full table", () -> fillTable(false)),
                        new Fault("full table, kill writer", () -> fillTable(true))),
                List.of(
                        new Fault("swap table", () -> swapTable(false)),
                        new Fault("swap table, kill writer", () -> swapTable(true))),
                engine("Kafka", kafka),
                engine("Postgres", postgres),
                engine("ClickHouse", clickHouse));
        for (List<Fault> part : parts) {
            all.addAll(SOAK ? part : List.of(part.get(random.nextInt(part.size()))));
        }
        return all;
    }

    private List<Fault> engine(String name, Engine engine) {
        return List.of(
                new Fault("kill " + name, () -> {
                    engine.kill();
                    idle(1_000);
                    engine.start();
                }),
                new Fault("pause " + name, () -> {
                    engine.pause();
                    idle(SOAK ? 4_000 : 2_000);
                    engine.resume();
                }));
    }

    private void killHttp() throws InterruptedException {
        http.kill();
        http = newHttp();
    }

    private void killWriter() throws InterruptedException {
        int which = random.nextInt(writers.size());
        writers.get(which).kill();
        writers.set(which, newWriter());
    }

    private String source() {
        return SOURCES.get(random.nextInt(SOURCES.size()));
    }

    /** Its rows go into a lane, which a killed writer leaves to the next. */
    private void fillTable(boolean kill) throws InterruptedException {
        String table = java.util.Objects.requireNonNull(tables.get(source())).getLast();
        workspace.clickHouse().execute("ALTER TABLE %s MODIFY SETTING parts_to_throw_insert = 1".formatted(table));
        idle(SOAK ? 8_000 : 2_500);
        if (kill) {
            killWriter();
            idle(SOAK ? 8_000 : 500);
        }
        workspace.clickHouse().execute("ALTER TABLE %s RESET SETTING parts_to_throw_insert".formatted(table));
    }

    /** From an agreed cut on, the rows of a source go into another table, with a view of its own. */
    private void swapTable(boolean kill) throws InterruptedException {
        String source = source();
        ResourceId id = ResourceId.parse(workspace.resourceId(source)).orElseThrow();
        List<String> all = java.util.Objects.requireNonNull(tables.get(source));
        String old = all.getLast();
        String next = "%s_%d".formatted(table(source), all.size());
        all.add(next);
        workspace.clickHouse().execute("CREATE TABLE %s AS %s".formatted(next, table(source)));
        createView(source, next);
        var request = new BarrierRequest(workspace.id(), platform.cluster().id(), Set.of(id), "test", next);
        if (kill) {
            killWriter();
        }
        // Until a killed writer's successor has its partitions, nobody reports for them.
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(CatalogException.class)
                .until(() -> {
                    platform.barriers().run(request, Duration.ofSeconds(20), new CriticalSection() {
                        @Override
                        public void work(Cut cut) {
                            swaps.incrementAndGet();
                        }

                        @Override
                        public void commit(Cut cut, PlanChanges plans) {
                            plans.put(id, platform.plans().current(id).redirected(name(old), name(next)));
                        }
                    });
                    return true;
                });
    }

    private static String name(String table) {
        return table.substring(table.indexOf('.') + 1);
    }

    private void idle(int most) {
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(most / 2, most)).toNanos());
    }

    private ChildService newHttp() {
        return ChildService.http(platform, new File(directory.toFile(), "http.log"), port);
    }

    private ChildService newWriter() {
        return ChildService.writer(platform, new File(directory.toFile(), "writer.log"));
    }

    private String table(String source) {
        return workspace.tables(source).getFirst();
    }

    private void assertStored(StubbornLoad load) {
        long rows = 0;
        for (String source : SOURCES) {
            String expected = workspace.clickHouse().execute(load.expectation(source));
            rows += load.rows(source);
            String landings = "merge('%s', '^%s(_[0-9]+)?$')".formatted(workspace.database(), name(table(source)));
            for (String table : List.of(landings, table(source) + "_target")) {
                await(table)
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(200))
                        .untilAsserted(() -> assertThat(workspace.clickHouse().execute(StubbornLoad.observation(table)))
                                .as("count, distinct ids and checksum of %s, seed %d", table, seed)
                                .isEqualTo(expected));
            }
        }
        assertThat(platform.states().staleViews(workspace.id())).isEmpty();
        LOG.info(
                "exactly once under fire: faults={} {} swaps={} rows={} requests sent again={} seed={}",
                FAULTS,
                faults,
                swaps,
                rows,
                load.retries(),
                seed);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
