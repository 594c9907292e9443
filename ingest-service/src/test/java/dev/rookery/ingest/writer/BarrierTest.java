package dev.rookery.ingest.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.clusters.FlushClass;
import dev.rookery.catalog.clusters.Topics;
import dev.rookery.catalog.ingestion.AbandonedBarrier;
import dev.rookery.catalog.ingestion.BarrierRequest;
import dev.rookery.catalog.ingestion.Barriers;
import dev.rookery.catalog.ingestion.CriticalSection;
import dev.rookery.catalog.ingestion.Cut;
import dev.rookery.catalog.ingestion.PlanChanges;
import dev.rookery.engines.testing.TestEngines;
import dev.rookery.ingest.testing.EventsClient;
import dev.rookery.ingest.testing.StubbornLoad;
import dev.rookery.ingest.testing.TestPlatform;
import dev.rookery.ingest.testing.TestService;
import dev.rookery.ingest.testing.TestWorkspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("ALGORITHMS B: a barrier under load")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BarrierTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration REPORTS = Duration.ofSeconds(20);
    private static final String WORDS = """
            SCHEMA >
                `id` UInt64 `json:$.id`,
                `word` String `json:$.word`

            ENGINE "MergeTree"
            ENGINE_SORTING_KEY "id"
            """;

    private final TestPlatform platform =
            TestPlatform.on(TestEngines.newDatabase(), TestEngines.clickHouse(), TestEngines.kafka(), 2);
    private final TestWorkspace workspace = platform.newWorkspace();
    private final Barriers barriers = platform.barriers();
    private final TestService service;
    private final EventsClient client;

    BarrierTest() {
        Map<String, String> sources = new TreeMap<>();
        for (String name : List.of("swapped", "doubled", "neighbour", "late", "resumed", "refused")) {
            sources.put(name, WORDS);
        }
        workspace.deploy(sources);
        service = TestService.start(
                platform,
                "--rookery.ingest.writer.lane-after=300ms",
                "--rookery.ingest.events.requests-per-second=100000",
                "--rookery.ingest.events.wait-timeout=5s");
        client = service.client(workspace.adminToken());
    }

    @BeforeAll
    void warmUp() {
        for (String source : List.of("neighbour", "swapped", "doubled", "late", "resumed", "refused")) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> client.post("name=%s&wait=true".formatted(source), "")
                                    .statusCode()
                            == 200);
        }
    }

    @AfterAll
    void stop() {
        client.close();
        service.close();
    }

    private ResourceId id(String source) {
        return ResourceId.parse(workspace.resourceId(source)).orElseThrow();
    }

    private String table(String source) {
        return workspace.tables(source).getFirst();
    }

    private String name(String table) {
        return table.substring(table.indexOf('.') + 1);
    }

    private BarrierRequest request(String source) {
        return new BarrierRequest(
                workspace.id(), platform.cluster().id(), Set.of(id(source)), "test", "swap " + source);
    }

    private String copyOf(String table) {
        String copy = table + "_new";
        workspace.clickHouse().execute("CREATE TABLE IF NOT EXISTS %s AS %s".formatted(copy, table));
        return copy;
    }

    private void untilStored(StubbornLoad load, String source, String from) {
        String expected = workspace.clickHouse().execute(load.expectation(source));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(workspace.clickHouse().execute(StubbornLoad.observation(from)))
                        .isEqualTo(expected));
    }

    private static CriticalSection section(Runnable work, java.util.function.Consumer<PlanChanges> plans) {
        return new CriticalSection() {
            @Override
            public void work(Cut cut) {
                work.run();
            }

            @Override
            public void commit(Cut cut, PlanChanges changes) {
                plans.accept(changes);
            }
        };
    }

    @Test
    @DisplayName(
            "B4, B5: rows below the cut are in the old table, all others in the new one, none in both; neighbours go on")
    void swap() throws Exception {
        List<String> sources = List.of("swapped", "neighbour");
        String old = table("swapped");
        String copy = copyOf(old);
        try (StubbornLoad load = StubbornLoad.start(client, 4, sources, 20, Duration.ofMillis(20))) {
            await().atMost(PATIENCE).until(() -> load.acknowledged() > 1_000);
            long[] counts = new long[2];
            barriers.run(
                    request("swapped"),
                    REPORTS,
                    section(
                            () -> {
                                counts[0] = workspace.clickHouse().count(old);
                                long neighbour = workspace.clickHouse().count(table("neighbour"));
                                await().atMost(PATIENCE)
                                        .until(() -> workspace.clickHouse().count(table("neighbour")) > neighbour);
                                counts[1] = workspace.clickHouse().count(old);
                            },
                            plans -> plans.put(
                                    id("swapped"),
                                    platform.plans().current(id("swapped")).redirected(name(old), name(copy)))));
            long stored = load.acknowledged();
            await().atMost(PATIENCE).until(() -> load.acknowledged() > stored + 500);
            load.finish();

            assertThat(counts[1])
                    .as("nothing is stored while the section runs")
                    .isEqualTo(counts[0])
                    .isPositive();
            untilStored(load, "swapped", "merge('%s', '^%s')".formatted(workspace.database(), name(old)));
            untilStored(load, "neighbour", table("neighbour"));
            assertThat(workspace.clickHouse().count(old)).isEqualTo(counts[0]);
            assertThat(workspace.clickHouse().count(copy)).isPositive();
        }
    }

    @Test
    @DisplayName(
            "C2: a second statement of the plan gets the rows from the cut on, and its failures hold up itself alone")
    void staging() throws Exception {
        String live = table("doubled");
        String staged = copyOf(live);
        try (StubbornLoad load = StubbornLoad.start(client, 2, List.of("doubled"), 20, Duration.ofMillis(20))) {
            await().atMost(PATIENCE).until(() -> load.acknowledged() > 500);
            String[] cut = new String[1];
            barriers.run(
                    request("doubled"),
                    REPORTS,
                    section(
                            () -> cut[0] = workspace.clickHouse().execute("SELECT count() FROM " + live),
                            plans -> plans.put(
                                    id("doubled"),
                                    platform.plans()
                                            .current(id("doubled"))
                                            .alsoTo(name(live), "staging", name(staged)))));
            await().atMost(PATIENCE).until(() -> workspace.clickHouse().count(staged) > 0);
            workspace.clickHouse().execute("ALTER TABLE %s MODIFY SETTING parts_to_throw_insert = 1".formatted(staged));
            long before = load.acknowledged();
            await().atMost(PATIENCE).until(() -> workspace.clickHouse().count(live) > before);
            workspace.clickHouse().execute("ALTER TABLE %s RESET SETTING parts_to_throw_insert".formatted(staged));
            load.finish();

            untilStored(load, "doubled", live);
            long after = load.rows("doubled") - Long.parseLong(cut[0]);
            await().atMost(PATIENCE).until(() -> workspace.clickHouse().count(staged) == after);
            assertThat(workspace.clickHouse().execute("SELECT uniqExact(id) FROM " + staged))
                    .isEqualTo(Long.toString(after));
        }
    }

    @Test
    @DisplayName("B5: a writer that does not report in time undoes it; nothing has happened and the rows go on")
    void undone() throws Exception {
        platform.jdbc()
                .sql("insert into ingestion_partitions (topic, partition) values (:topic, 99)")
                .param("topic", Topics.events(platform.cluster().name(), FlushClass.RELAXED))
                .update();
        try {
            assertThatThrownBy(() -> barriers.run(request("late"), Duration.ofSeconds(2), section(() -> {}, _ -> {})))
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("Not all writers");
        } finally {
            platform.jdbc()
                    .sql("delete from ingestion_partitions where partition = 99")
                    .update();
        }
        await().atMost(PATIENCE)
                .until(() -> client.post("name=late&wait=true", "{\"id\":1,\"word\":\"w1\"}")
                                .statusCode()
                        == 200);
        assertThat(workspace.clickHouse().count(table("late"))).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "B4: once begun it is rolled forward by whoever finds it; the rows wait for it, and are accepted meanwhile")
    void abandoned() throws Exception {
        assertThatThrownBy(() -> barriers.run(
                        request("resumed"),
                        REPORTS,
                        section(
                                () -> {
                                    throw new IllegalStateException("the coordinator dies");
                                },
                                _ -> {})))
                .hasMessage("the coordinator dies");
        assertThat(client.post("name=resumed", "{\"id\":1,\"word\":\"w1\"}").statusCode())
                .isEqualTo(202);
        assertThatThrownBy(() -> barriers.run(request("resumed"), REPORTS, section(() -> {}, _ -> {})))
                .hasMessageContaining("being changed already");
        assertThat(barriers.abandoned()).as("its lease runs").isEmpty();
        platform.jdbc()
                .sql("update barriers set lease_until = now() - interval '1 second' where state = 'begun'")
                .update();

        AbandonedBarrier found = barriers.abandoned().getFirst();
        assertThat(found.payload()).isEqualTo("swap resumed");
        assertThat(workspace.clickHouse().count(table("resumed"))).isZero();
        String copy = copyOf(table("resumed"));
        barriers.finish(
                found,
                section(
                        () -> {},
                        plans -> plans.put(
                                id("resumed"),
                                platform.plans()
                                        .current(id("resumed"))
                                        .redirected(name(table("resumed")), name(copy)))));

        await().atMost(PATIENCE).until(() -> workspace.clickHouse().count(copy) == 1);
        assertThat(workspace.clickHouse().count(table("resumed"))).isZero();
    }
}
