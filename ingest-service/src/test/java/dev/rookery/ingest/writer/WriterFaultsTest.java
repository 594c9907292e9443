package dev.rookery.ingest.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.engines.broker.KafkaEngine;
import dev.rookery.engines.clickhouse.ClickHouseEngine;
import dev.rookery.engines.testing.TestEngines;
import dev.rookery.ingest.testing.ChildService;
import dev.rookery.ingest.testing.EventsClient;
import dev.rookery.ingest.testing.Load;
import dev.rookery.ingest.testing.TestPlatform;
import dev.rookery.ingest.testing.TestService;
import dev.rookery.ingest.testing.TestWorkspace;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every acknowledged row exactly once, whatever dies. The HTTP role runs in this JVM, the writer in a process of its
 * own. One fault of a kind; {@code -Psoak} makes it fifty, and adds what {@code UnderFireTest} does to everything at once.
 */
@DisplayName("Exactly once under faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class WriterFaultsTest {
    private static final Logger LOG = LoggerFactory.getLogger(WriterFaultsTest.class);

    private static final int FAULTS = Boolean.getBoolean("rookery.soak") ? 50 : 1;
    private static final Duration OUTAGE =
            Boolean.getBoolean("rookery.soak") ? Duration.ofMinutes(5) : Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> SOURCES = List.of("one", "two", "three");

    @TempDir
    static Path directory;

    private final ClickHouseEngine clickHouse = TestEngines.newClickHouse();
    private final KafkaEngine kafka = TestEngines.newKafka();
    private final TestPlatform platform =
            TestPlatform.on(TestEngines.newDatabase(), clickHouse.connection(), kafka.connection(), 3);
    private final TestService http = TestService.start(
            platform,
            "--rookery.ingest.writer.enabled=false",
            "--rookery.ingest.log.acknowledge-timeout=3s",
            "--rookery.ingest.events.requests-per-second=100000",
            // Every data source goes to several partitions.
            "--rookery.ingest.events.partition-rate=1KB",
            "--rookery.ingest.events.wait-timeout=300ms");

    private TestWorkspace workspace;
    private EventsClient client;
    private ChildService writer;

    @BeforeAll
    void startWriter() {
        writer = newWriter();
    }

    @BeforeEach
    void deploy() {
        workspace = platform.newWorkspace();
        Map<String, String> datafiles = new HashMap<>();
        SOURCES.forEach(source -> datafiles.put(source, Load.DATASOURCE));
        workspace.deploy(datafiles);
        for (String source : SOURCES) {
            String table = workspace.tables(source).getFirst();
            workspace.clickHouse().execute("""
                    CREATE TABLE %s_target (id UInt64, word String) ENGINE = MergeTree ORDER BY id
                    SETTINGS non_replicated_deduplication_window = 1000""".formatted(table));
            workspace
                    .clickHouse()
                    .execute("CREATE MATERIALIZED VIEW %1$s_view TO %1$s_target AS SELECT id, word FROM %1$s"
                            .formatted(table));
        }
        client = http.client(workspace.adminToken());
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @AfterAll
    void stopAll() {
        writer.close();
        http.close();
        kafka.close();
        clickHouse.close();
    }

    @Test
    @DisplayName("a writer killed between its intent and its commit is repeated by the next, row for row")
    void writerKilled() throws Exception {
        try (Load load = Load.start(client, 4, SOURCES);
                Admin admin = admin()) {
            for (int i = 0; i < FAULTS; i++) {
                long stored = storedEnd(admin);
                // Past what an earlier writer left: this one has taken over and is in the middle of a cycle of its own.
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> storedEnd(admin) > stored && hasIntent(admin));
                writer.kill();
                writer = newWriter();
            }
            assertStored(load);
            assertThat(load.refused()).isZero();
        }
    }

    @Test
    @DisplayName(
            "backpressure: with ClickHouse down under load everything is accepted, memory stays within its bounds, nobody gets a lane, and the backlog drains by itself")
    void clickHouseDown() throws Exception {
        try (Load load = Load.start(client, 4, SOURCES)) {
            awaitMore(load, 100);
            clickHouse.kill();
            long until = System.nanoTime() + OUTAGE.toNanos();
            await().atMost(OUTAGE.plus(PATIENCE)).until(() -> System.nanoTime() > until);
            awaitMore(load, 100);
            assertThat(platform.states().delays(workspace.id())).isEmpty();
            clickHouse.start();
            assertStored(load);
            assertThat(load.refused()).isZero();
            assertThat(writer.isAlive())
                    .as("in 192 MB, which it does not survive to exceed")
                    .isTrue();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "rookery.soak", matches = "true")
    @DisplayName("a ClickHouse node killed in mid-stream: everything accepted meanwhile is stored when it is back")
    void clickHouseKilled() throws Exception {
        try (Load load = Load.start(client, 4, SOURCES)) {
            for (int i = 0; i < FAULTS; i++) {
                awaitMore(load, 300);
                clickHouse.kill();
                awaitMore(load, 300);
                clickHouse.start();
            }
            awaitMore(load, 300);
            assertStored(load);
            assertThat(load.refused()).isZero();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "rookery.soak", matches = "true")
    @DisplayName("a Kafka node killed in mid-stream: requests are answered 503, and what was acknowledged is stored")
    void kafkaKilled() throws Exception {
        try (Load load = Load.start(client, 4, SOURCES)) {
            for (int i = 0; i < FAULTS; i++) {
                awaitMore(load, 300);
                int refused = load.refused();
                kafka.kill();
                await().atMost(PATIENCE).until(() -> load.refused() > refused);
                kafka.start();
            }
            awaitMore(load, 300);
            assertStored(load);
        }
    }

    @Test
    @DisplayName(
            "IP-9: while the whole cluster is down for longer than is safe, 429 with the reason; accepted again when it is back")
    void clickHouseDownTooLong() throws Exception {
        try (TestService careful = TestService.start(
                        platform,
                        "--rookery.ingest.writer.enabled=false",
                        "--rookery.ingest.events.safe-age=1s",
                        "--rookery.ingest.events.requests-per-second=100000");
                EventsClient sender = careful.client(workspace.adminToken())) {
            clickHouse.kill();
            await().atMost(PATIENCE)
                    .until(() -> sender.post("name=one", "{\"id\":1,\"word\":\"w1\"}")
                                    .statusCode()
                            == 429);
            assertThat(sender.post("name=one", "{\"id\":2,\"word\":\"w2\"}").body())
                    .contains("restricted", "the database does not answer");
            clickHouse.start();
            await().atMost(PATIENCE)
                    .until(() -> sender.post("name=one", "{\"id\":3,\"word\":\"w3\"}")
                                    .statusCode()
                            == 202);
        }
    }

    @Test
    @DisplayName("EV-20: Kafka that does not acknowledge in time is a 503 with Retry-After")
    void kafkaPaused() throws Exception {
        kafka.pause();
        try {
            var response = client.post("name=one", "{\"id\":1,\"word\":\"w1\"}");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After").orElse("")).matches("\\d+");
            assertThat(response.body()).startsWith("{\"error\":");
        } finally {
            kafka.resume();
        }
    }

    @Test
    @DisplayName("ALGORITHMS 10: wait=true answers 202 at its deadline, and the rows are stored all the same")
    void deadline() throws Exception {
        writer.pause();
        try {
            var response = client.post("name=one&wait=true", "{\"id\":1,\"word\":\"w1\"}");

            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(response.body()).isEqualTo("{\"successful_rows\":1,\"quarantined_rows\":0}");
        } finally {
            writer.resume();
        }
        await().atMost(PATIENCE).until(() -> workspace.clickHouse().count(table("one")) == 1);
    }

    @Test
    @DisplayName("rows of a table that was retired and dropped hold up nobody")
    void retired() throws Exception {
        writer.pause();
        try {
            assertThat(client.post("name=one", "{\"id\":1,\"word\":\"w1\"}").statusCode())
                    .isEqualTo(202);
            assertThat(client.post("name=two", "{\"id\":2,\"word\":\"w2\"}").statusCode())
                    .isEqualTo(202);
            workspace.clickHouse().execute("DROP TABLE " + table("one") + "_view");
            workspace.retire(table("one"));
        } finally {
            writer.resume();
        }

        await().atMost(PATIENCE).until(() -> workspace.clickHouse().count(table("two")) == 1);
        for (String source : List.of("two", "three")) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> client.post("name=%s&wait=true".formatted(source), "{\"id\":3,\"word\":\"w3\"}")
                                    .statusCode()
                            == 200);
        }
    }

    private ChildService newWriter() {
        return ChildService.writer(platform, new File(directory.toFile(), "writer.log"));
    }

    private String table(String source) {
        return workspace.tables(source).getFirst();
    }

    private static void awaitMore(Load load, int batches) {
        int target = load.acknowledged() + batches;
        await().atMost(PATIENCE).until(() -> load.acknowledged() >= target);
    }

    private void assertStored(Load load) {
        load.stop();
        for (String source : SOURCES) {
            long rows = load.rows(source);
            String table = table(source);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(() -> workspace.clickHouse().count(table) >= rows);
        }
        for (String source : SOURCES) {
            String expected = workspace.clickHouse().execute(load.expectation(source));
            assertThat(load.rows(source)).isPositive();
            for (String table : List.of(table(source), table(source) + "_target")) {
                await(table)
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(workspace.clickHouse().execute(load.observation(source, table)))
                                .as("count, distinct ids and checksum of %s", table)
                                .isEqualTo(expected));
                assertThat(workspace.clickHouse().execute("SELECT count() - uniqExact(id) FROM " + table))
                        .as("rows stored twice in %s", table)
                        .isEqualTo("0");
            }
        }
        LOG.info(
                "exactly once: faults={} acknowledged batches={} rows={} batches not acknowledged={}",
                FAULTS,
                load.acknowledged(),
                SOURCES.stream().mapToLong(load::rows).sum(),
                load.refused());
    }

    private Admin admin() {
        return Admin.create(
                Map.<String, Object>of("bootstrap.servers", kafka.connection().bootstrapServers()));
    }

    private Map<TopicPartition, OffsetAndMetadata> journal(Admin admin) throws Exception {
        return admin.listConsumerGroupOffsets("rookery.writer." + platform.topic())
                .partitionsToOffsetAndMetadata()
                .get(10, TimeUnit.SECONDS);
    }

    private long storedEnd(Admin admin) throws Exception {
        return journal(admin).values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private boolean hasIntent(Admin admin) throws Exception {
        return journal(admin).values().stream()
                .anyMatch(committed -> committed.metadata().contains("to="));
    }
}
