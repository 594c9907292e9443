package dev.rookery.ingest.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.clusters.FlushClass;
import dev.rookery.catalog.clusters.Topics;
import dev.rookery.catalog.ingestion.StaleView;
import dev.rookery.engines.testing.TestEngines;
import dev.rookery.ingest.testing.EventsClient;
import dev.rookery.ingest.testing.StubbornLoad;
import dev.rookery.ingest.testing.TestPlatform;
import dev.rookery.ingest.testing.TestService;
import dev.rookery.ingest.testing.TestWorkspace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One partition, so that every data source is everybody's neighbour. */
@DisplayName("Data sources that share a partition")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WORDS = """
            SCHEMA >
                `id` UInt64 `json:$.id`,
                `word` String `json:$.word` DEFAULT concat('w', toString(id))

            ENGINE "MergeTree"
            ENGINE_SORTING_KEY "id"
            """;
    private static final String SCATTERED = """
            SCHEMA >
                `id` UInt64 `json:$.id`,
                `bucket` UInt64 `json:$.bucket` DEFAULT id % 40

            ENGINE "MergeTree"
            ENGINE_PARTITION_KEY "bucket"
            ENGINE_SORTING_KEY "id"
            """;

    private final TestPlatform platform =
            TestPlatform.on(TestEngines.newDatabase(), TestEngines.clickHouse(), TestEngines.kafka(), 1);
    private final TestWorkspace workspace = platform.newWorkspace();
    private TestService service;
    private EventsClient client;

    IsolationTest() {
        Map<String, String> sources = new HashMap<>();
        for (String name : new String[] {"neighbour", "poisoned", "full", "named"}) {
            sources.put(name, WORDS);
        }
        sources.put("expiring", """
                SCHEMA >
                    `id` UInt64 `json:$.id`,
                    `accepted` DateTime64(3) DEFAULT now64(3),
                    `until` DateTime DEFAULT now() + INTERVAL 1 DAY,
                    `key` String DEFAULT concat('k-', toString(generateUUIDv4())),
                    `shard` UInt8 DEFAULT rand64() % 40,
                    `day` Date MATERIALIZED today()

                ENGINE "MergeTree"
                ENGINE_PARTITION_KEY "shard"
                ENGINE_SORTING_KEY "id"
                """);
        sources.put("scattered", SCATTERED);
        sources.put("scattered_by_view", WORDS);
        workspace.deploy(sources);
        service = start();
        client = service.client(workspace.adminToken());
    }

    private TestService start() {
        return TestService.start(
                platform,
                "--rookery.ingest.writer.lane-after=300ms",
                "--rookery.ingest.writer.retry-slowly=200ms",
                "--rookery.ingest.writer.retry-at-most=300ms",
                "--rookery.ingest.writer.view-errors=4",
                "--rookery.ingest.writer.view-errors-over=2s",
                "--rookery.ingest.events.safe-backlog=200KB",
                "--rookery.ingest.events.requests-per-second=100000",
                "--rookery.ingest.events.wait-timeout=5s");
    }

    @BeforeAll
    void warmUp() {
        await().atMost(PATIENCE).until(() -> post("neighbour", 0, 1).statusCode() == 200);
    }

    @AfterAll
    void stop() {
        client.close();
        service.close();
    }

    private HttpResponse<String> post(String source, int from, int to) throws Exception {
        return client.post("name=%s&wait=true".formatted(source), rows(from, to));
    }

    private static String rows(int from, int to) {
        return IntStream.range(from, to).mapToObj("{\"id\":%d}"::formatted).collect(Collectors.joining("\n"));
    }

    private String table(String source) {
        return workspace.tables(source).getFirst();
    }

    private String counts(String table) {
        return workspace.clickHouse().execute("SELECT count(), uniqExact(id) FROM " + table);
    }

    private ResourceId id(String source) {
        return ResourceId.parse(workspace.resourceId(source)).orElseThrow();
    }

    private long storedTo() {
        return platform.jdbc()
                .sql("select max(stored_to) from ingestion_partitions where topic = :topic")
                .param("topic", platform.topic())
                .query(Long.class)
                .single();
    }

    private boolean isDelayed(String source) {
        return platform.states().delays(workspace.id()).containsKey(id(source));
    }

    private void view(String name, String target, String source, String select) {
        workspace.clickHouse().execute("""
                CREATE TABLE %s (id UInt64) ENGINE = MergeTree ORDER BY id
                SETTINGS non_replicated_deduplication_window = 1000""".formatted(target));
        workspace
                .clickHouse()
                .execute("CREATE MATERIALIZED VIEW %s.%s TO %s AS %s FROM %s"
                        .formatted(workspace.database(), name, target, select, table(source)));
    }

    @Test
    @DisplayName(
            "ALGORITHMS 5: a view that always fails leaves the write plan; its neighbours' rows arrive meanwhile, and its data source's too, once each")
    void poisonedView() throws Exception {
        String good = table("poisoned") + "_good";
        String bad = table("poisoned") + "_bad";
        view("v_good", good, "poisoned", "SELECT id");
        view("v_bad", bad, "poisoned", "SELECT id + throwIf(1) AS id");

        int asked = 0;
        try (StubbornLoad load = StubbornLoad.start(client, 4, List.of("poisoned"), 500, Duration.ofMillis(10))) {
            await().atMost(PATIENCE).until(() -> isDelayed("poisoned"));
            long storedTo = storedTo();
            while (platform.states().staleViews(workspace.id()).isEmpty()) {
                assertThat(post("neighbour", 1_000 + asked, 1_001 + asked).statusCode())
                        .as("the neighbour, while the view fails")
                        .isEqualTo(200);
                asked++;
            }
            assertThat(storedTo()).as("the partition's progress meanwhile").isGreaterThan(storedTo);
            load.finish();

            assertThat(asked).isPositive();
            assertThat(platform.states().staleViews(workspace.id()))
                    .extracting(StaleView::view, StaleView::source)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("v_bad", id("poisoned")));
            String expected = workspace.clickHouse().execute(load.expectation("poisoned"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    workspace.clickHouse().execute(StubbornLoad.observation(table("poisoned"))))
                            .isEqualTo(expected));
            long rows = load.rows("poisoned");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(counts(good)).isEqualTo(rows + "\t" + rows));
        }
        await().atMost(PATIENCE).until(() -> !isDelayed("poisoned"));
        assertThat(counts(bad)).isEqualTo("0\t0");
    }

    @Test
    @DisplayName(
            "IP-7 to IP-10: a table that takes nothing for now delays its own data source alone; further behind than is safe it answers 429 with the reason, and recovers by itself")
    void fullTable() throws Exception {
        assertThat(post("full", 0, 10).statusCode()).isEqualTo(200);
        workspace
                .clickHouse()
                .execute("ALTER TABLE %s MODIFY SETTING parts_to_throw_insert = 1".formatted(table("full")));

        assertThat(post("full", 10, 20).statusCode()).as("not stored in time").isEqualTo(202);
        assertThat(post("neighbour", 200, 300).statusCode()).as("the neighbour").isEqualTo(200);
        assertThat(isDelayed("full")).isTrue();
        int[] accepted = {20};
        await().atMost(PATIENCE).until(() -> {
            boolean taken = client.post("name=full", rows(accepted[0], accepted[0] + 2_000))
                            .statusCode()
                    == 202;
            accepted[0] += taken ? 2_000 : 0;
            return !taken;
        });
        HttpResponse<String> refused = client.post("name=full", rows(9_000_000, 9_000_001));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After").orElse("")).matches("\\d+");
        assertThat(refused.body()).contains("252", "TOO_MANY_PARTS").doesNotContain(workspace.database());

        workspace.clickHouse().execute("ALTER TABLE %s RESET SETTING parts_to_throw_insert".formatted(table("full")));

        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> post("full", accepted[0], accepted[0] + 10).statusCode() == 200);
        await().atMost(PATIENCE).until(() -> !isDelayed("full"));
        int rows = accepted[0] + 10;
        assertThat(counts(table("full"))).isEqualTo(rows + "\t" + rows);
        assertThat(workspace
                        .clickHouse()
                        .execute("SELECT countIf(word = concat('w', toString(id))) FROM " + table("full")))
                .isEqualTo(Integer.toString(rows));
    }

    @Test
    @DisplayName(
            "ALGORITHMS 6: rows of more than 12 partitions are stored in groups of 12, with their defaults, once each")
    void manyPartitions() throws Exception {
        String target = table("scattered") + "_target";
        view("v_scattered", target, "scattered", "SELECT id");

        assertThat(post("scattered", 0, 200).statusCode()).isEqualTo(200);

        assertThat(counts(table("scattered"))).isEqualTo("200\t200");
        assertThat(counts(target)).isEqualTo("200\t200");
        assertThat(workspace
                        .clickHouse()
                        .execute("SELECT uniqExact(bucket), countIf(bucket = id % 40) FROM " + table("scattered")))
                .isEqualTo("40\t200");
    }

    @Test
    @DisplayName("ALGORITHMS 6: a view's target of more than 12 partitions gets its rows once each")
    void manyPartitionsOfAView() throws Exception {
        String target = table("scattered_by_view") + "_target";
        workspace.clickHouse().execute("""
                CREATE TABLE %s (id UInt64) ENGINE = MergeTree PARTITION BY id %% 40 ORDER BY id
                SETTINGS non_replicated_deduplication_window = 1000""".formatted(target));
        workspace
                .clickHouse()
                .execute("CREATE MATERIALIZED VIEW %s.v_by_view TO %s AS SELECT id FROM %s"
                        .formatted(workspace.database(), target, table("scattered_by_view")));

        assertThat(post("scattered_by_view", 0, 200).statusCode()).isEqualTo(200);

        assertThat(counts(table("scattered_by_view"))).isEqualTo("200\t200");
        assertThat(counts(target)).isEqualTo("200\t200");
    }

    @Test
    @DisplayName(
            "ALGORITHMS 4: what depends on time and chance inside a default is decided at acceptance, also where it feeds the partition key")
    void decidedDefaults() throws Exception {
        workspace
                .clickHouse()
                .execute("ALTER TABLE %s MODIFY SETTING parts_to_throw_insert = 1".formatted(table("expiring")));
        workspace
                .clickHouse()
                .execute(
                        "INSERT INTO %1$s (id, shard) SELECT 1000000, number FROM numbers(40) SETTINGS max_partitions_per_insert_block = 0"
                                .formatted(table("expiring")));
        assertThat(client.post("name=expiring&wait=true", rows(0, 400)).statusCode())
                .as("later than accepted")
                .isEqualTo(202);
        workspace.clickHouse().execute("TRUNCATE TABLE " + table("expiring"));
        workspace
                .clickHouse()
                .execute("ALTER TABLE %s RESET SETTING parts_to_throw_insert".formatted(table("expiring")));

        await().atMost(PATIENCE).until(() -> workspace.clickHouse().count(table("expiring")) >= 400);
        await().atMost(PATIENCE).until(() -> !isDelayed("expiring"));
        assertThat(counts(table("expiring"))).isEqualTo("400\t400");
        assertThat(workspace.clickHouse().execute("""
                        SELECT countIf(until - INTERVAL 1 DAY = toDateTime(accepted)), uniqExact(key),
                               countIf(match(key, '^k-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8')), uniqExact(shard) > 20,
                               countIf(day = toDate(accepted)), uniqExact(accepted)
                          FROM %s FORMAT TSV""".formatted(table("expiring"))))
                .isEqualTo("400\t400\t400\t1\t400\t1");
    }

    @Test
    @DisplayName("ALGORITHMS 9: a request that is sent again under its Idempotency-Key is acknowledged and stored once")
    void idempotencyKey() throws Exception {
        assertThat(named("a", 0).body()).isEqualTo(named("a", 0).body());
        named("b", 1);
        try (TestService other = start();
                EventsClient again = other.client(workspace.adminToken())) {
            service.close();
            var repeated = again.send(again.request("name=named&wait=true")
                    .header("Idempotency-Key", "a")
                    .POST(BodyPublishers.ofString(rows(0, 10))));
            assertThat(repeated.body()).isEqualTo("{\"successful_rows\":10,\"quarantined_rows\":0}");
            await().atMost(PATIENCE)
                    .until(() ->
                            again.post("name=named&wait=true", rows(1000, 1001)).statusCode() == 200);
            assertThat(counts(table("named")))
                    .as("two requests of ten rows, and one row")
                    .isEqualTo("21\t21");
        }
        service = start();
        client = service.client(workspace.adminToken());
    }

    private HttpResponse<String> named(String key, int number) throws Exception {
        return client.send(client.request("name=named&wait=true")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(rows(number * 100, number * 100 + 10))));
    }

    @Test
    @DisplayName("ALGORITHMS 11: rows of a workspace of a slower class go through that class's topic")
    void flushClass() {
        TestWorkspace slow = platform.newWorkspace();
        slow.deploy(TestWorkspace.datasource("slow", WORDS));
        platform.changes().commitAndAwait(() -> {
            platform.flushClasses().put(slow.id(), FlushClass.RELAXED);
            return slow;
        });
        try (EventsClient slowClient = service.client(slow.adminToken())) {
            await().atMost(PATIENCE)
                    .until(() -> slowClient.post("name=slow", rows(0, 5)).statusCode() == 202);
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(counts(slow.tables("slow").getFirst())).isEqualTo("5\t5"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(platform.jdbc()
                                .sql("select stored_to from ingestion_partitions where topic = :topic")
                                .param("topic", Topics.events(platform.cluster().name(), FlushClass.RELAXED))
                                .query(Long.class)
                                .single())
                        .isEqualTo(1));
    }

    @Test
    @DisplayName("IP-8: operators read lag, lanes and rows behind from /actuator/prometheus")
    void metrics() throws Exception {
        var scrape = HttpRequest.newBuilder(
                        URI.create("http://localhost:%d/actuator/prometheus".formatted(service.port())))
                .build();
        try (HttpClient plain = HttpClient.newHttpClient()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    plain.send(scrape, BodyHandlers.ofString()).body())
                            .contains(
                                    "rookery_ingest_partition_lag{partition=\"0\",topic=\"" + platform.topic() + "\"}")
                            .contains("rookery_ingest_lanes{topic=\"" + platform.topic() + "\"}")
                            .contains("rookery_ingest_rows_behind{topic=\"" + platform.topic() + "\"}"));
        }
    }

    @Test
    @DisplayName("an Idempotency-Key of more than 255 characters is refused")
    void longKey() throws Exception {
        assertThat(named("k".repeat(256), 9).statusCode()).isEqualTo(400);
    }
}
