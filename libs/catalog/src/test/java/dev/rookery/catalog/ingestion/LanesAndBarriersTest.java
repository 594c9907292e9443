package dev.rookery.catalog.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.JobId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.clusters.FlushClass;
import dev.rookery.catalog.clusters.Topics;
import dev.rookery.catalog.testing.TestCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Lanes, write plans and barriers in the catalog")
class LanesAndBarriersTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final TestCatalog catalog = TestCatalog.create();
    private final LaneStore lanes = new LaneStore(catalog.jdbc, catalog.transactions);
    private final WritePlans plans = new WritePlans(catalog.jdbc);
    private final BarrierDesk desk = new BarrierDesk(catalog.jdbc, lanes, plans, catalog.transactions);
    private final Barriers barriers = new Barriers(catalog.jdbc, lanes, plans, catalog.transactions);
    private final DirectWrites direct = new DirectWrites(catalog.jdbc, lanes, catalog.transactions);
    private final IngestionStates states = new IngestionStates(catalog.jdbc);

    private final WorkspaceId workspace = catalog.newWorkspace();
    private final ResourceId source = new ResourceId(UuidCreator.getTimeOrderedEpoch());
    private final LaneKey live = new LaneKey(source, LaneKey.LIVE);
    private final ClusterId cluster = new ClusterId(catalog.jdbc
            .sql("select cluster_id from workspaces where id = :id")
            .param("id", workspace.value())
            .query(UUID.class)
            .single());
    private final LogPartition first = new LogPartition(topic(), 0);
    private final LogPartition second = new LogPartition(topic(), 1);

    private PartitionLease one = new PartitionLease(first, 0);
    private PartitionLease two = new PartitionLease(second, 0);

    private String topic() {
        return Topics.events(catalog.clusters.get(cluster).name(), FlushClass.FAST);
    }

    @BeforeEach
    void own() {
        lanes.register(topic(), 2);
        one = lanes.own(first);
        two = lanes.own(second);
    }

    private Lane lane(long next, OptionalLong attempt) {
        return new Lane(live, workspace, next, attempt, null, "why");
    }

    private void open(PartitionLease lease, long next, OptionalLong attempt) {
        lanes.open(lease, lane(next, attempt), new Backlog(10, 1_000, NOW), attempt.orElse(next));
    }

    private static CriticalSection section(Runnable work, Runnable commit) {
        return new CriticalSection() {
            @Override
            public void work(Cut cut) {
                work.run();
            }

            @Override
            public void commit(Cut cut, PlanChanges changes) {
                commit.run();
            }
        };
    }

    private BarrierRequest request() {
        return new BarrierRequest(workspace, cluster, Set.of(source), "test", "");
    }

    @Nested
    @DisplayName("A lane")
    class Lanes {
        @Test
        @DisplayName("A5: goes from attempt to attempt, and ends only where it is said to be")
        void life() {
            open(one, 5, OptionalLong.of(9));
            assertThat(lanes.lanes(first)).containsExactly(lane(5, OptionalLong.of(9)));
            assertThat(lanes.close(one, live, 5))
                    .as("with an attempt under way")
                    .isFalse();
            lanes.advance(one, live, 9, new Backlog(10, 1_000, NOW));
            lanes.passBy(one, Map.of(live, new Backlog(3, 300, NOW)), 9, 20);
            lanes.passBy(one, Map.of(live, new Backlog(3, 300, NOW)), 9, 20);
            assertThat(states.delays(workspace).get(source))
                    .extracting(SourceDelay::backlog)
                    .as("counted once, however often the cycle is repeated")
                    .isEqualTo(new Backlog(3, 300, NOW));
            assertThat(lanes.attempt(one, live, 20, NOW)).isTrue();
            lanes.advance(one, live, 20, new Backlog(3, 300, NOW));

            assertThat(lanes.close(one, live, 9)).isFalse();
            assertThat(lanes.close(one, live, 20)).isTrue();
            assertThat(lanes.lanes(first)).isEmpty();
        }

        @Test
        @DisplayName("is changed by the newest owner of its partition alone")
        void fenced() {
            open(one, 5, OptionalLong.empty());
            PartitionLease newer = lanes.own(first);

            assertThatThrownBy(() -> lanes.attempt(one, live, 9, NOW)).isInstanceOf(LeaseLostException.class);
            assertThatThrownBy(() -> lanes.close(one, live, 5)).isInstanceOf(LeaseLostException.class);
            assertThat(lanes.close(newer, live, 5)).isTrue();
        }

        @Test
        @DisplayName("I4: begins nothing new while another partition has an attempt of the same source under way")
        void elsewhere() {
            open(one, 5, OptionalLong.of(9));
            assertThat(lanes.behindElsewhere(second, List.of(source))).containsExactly(source);
            open(two, 100, OptionalLong.empty());
            assertThat(lanes.attempt(two, live, 120, NOW)).isFalse();
            lanes.advance(one, live, 9, Backlog.NONE);

            assertThat(lanes.attempt(two, live, 120, NOW)).isTrue();
        }

        @Test
        @DisplayName("IP-9: is further behind than is safe by age or by bytes")
        void restricted() {
            open(one, 5, OptionalLong.of(9));

            assertThat(states.beyond(Duration.ofMinutes(15), Long.MAX_VALUE)).containsOnlyKeys(source);
            assertThat(states.beyond(Duration.ofDays(50_000), 1_000)).containsOnlyKeys(source);
            assertThat(states.beyond(Duration.ofDays(50_000), 1_001)).isEmpty();
        }
    }

    @Nested
    @DisplayName("A barrier")
    class AtBarriers {
        private void report(PartitionLease lease, long boundary) {
            for (OpenBarrier open : desk.open(cluster)) {
                assertThat(desk.report(lease, open, source, boundary, List.of()))
                        .isTrue();
            }
        }

        private CompletableFuture<Void> run(CriticalSection section) {
            return CompletableFuture.runAsync(() -> barriers.run(request(), Duration.ofSeconds(10), section));
        }

        private void untilAsked() {
            org.awaitility.Awaitility.await().until(() -> !desk.open(cluster).isEmpty());
        }

        @Test
        @DisplayName(
                "B4, B5: begins when every partition has reported, and ends with a plan that starts at each boundary")
        void plan() {
            var running = CompletableFuture.runAsync(() ->
                    barriers.run(request(), Duration.ofSeconds(10), new CriticalSection() {
                        @Override
                        public void work(Cut cut) {
                            assertThat(cut.boundaries()).isEqualTo(Map.of(source, Map.of(first, 7L, second, 70L)));
                            assertThat(lanes.lanes(first))
                                    .allMatch(lane -> lane.key().isHold());
                        }

                        @Override
                        public void commit(Cut cut, PlanChanges changes) {
                            changes.put(source, WritePlan.AS_ACCEPTED.alsoTo("t_a", "staging", "t_b"));
                        }
                    }));
            untilAsked();
            report(one, 7);
            assertThat(running).isNotDone();
            report(two, 70);
            running.join();

            PlanHistory history = plans.of(first, List.of(source)).getOrDefault(source, PlanHistory.NONE);
            assertThat(history.at(6)).isEqualTo(WritePlan.AS_ACCEPTED);
            assertThat(history.at(7).of("t_a"))
                    .extracting(WritePlan.Statement::table)
                    .containsExactly("t_a", "t_b");
            assertThat(lanes.lanes(first))
                    .extracting(lane -> lane.key().graph(), Lane::next)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple("live", 7L),
                            org.assertj.core.groups.Tuple.tuple("staging", 7L));
            assertThat(desk.open(cluster)).isEmpty();
        }

        @Test
        @DisplayName("B5: is undone by any writer when its coordinator dies before it begins")
        void expired() {
            var running = run(section(() -> {}, () -> {}));
            untilAsked();
            report(one, 7);
            catalog.jdbc
                    .sql("update barriers set lease_until = now() - interval '1 second'")
                    .update();

            assertThat(desk.open(cluster)).isEmpty();
            assertThat(lanes.lanes(first))
                    .containsExactly(new Lane(
                            live,
                            workspace,
                            7,
                            OptionalLong.empty(),
                            null,
                            "the data source was changed a moment ago"));
            report(two, 70);
            assertThatThrownBy(running::join).hasCauseInstanceOf(CatalogException.class);
        }

        @Test
        @DisplayName("B3: waits for the chunks that direct writers have begun, and lets them begin no other")
        void directWriters() {
            JobId job = new JobId(UuidCreator.getTimeOrderedEpoch());
            assertThat(direct.begin(job, source, "chunk-1")).isTrue();
            var running = run(section(() -> {}, () -> {}));
            untilAsked();
            report(one, 7);
            report(two, 70);

            assertThat(direct.begin(job, source, "chunk-2")).isFalse();
            assertThat(direct.begin(job, source, "chunk-1"))
                    .as("a successor repeats it")
                    .isTrue();
            assertThat(running).isNotDone();
            direct.end(job, source, "chunk-1");
            running.join();
            assertThat(direct.begin(job, source, "chunk-2"))
                    .as("while the source catches up")
                    .isFalse();
            lanes.close(one, live, 7);
            lanes.close(two, live, 70);
            assertThat(direct.begin(job, source, "chunk-2")).isTrue();
        }

        @Test
        @DisplayName("B4: begun, it is never undone: a failing section leaves it to whoever takes it over")
        void takenOver() {
            var running = run(section(
                    () -> {
                        throw new IllegalStateException("dies");
                    },
                    () -> {}));
            untilAsked();
            report(one, 7);
            report(two, 70);
            assertThatThrownBy(running::join).hasMessageContaining("dies");
            catalog.jdbc
                    .sql("update barriers set lease_until = now() - interval '1 second'")
                    .update();
            assertThat(desk.open(cluster)).as("still holding").hasSize(1);

            AbandonedBarrier found = barriers.abandoned().getFirst();
            barriers.finish(found, section(() -> {}, () -> {}));
            assertThat(desk.open(cluster)).isEmpty();
            assertThat(barriers.abandoned()).isEmpty();
            barriers.finish(
                    found,
                    section(
                            () -> {
                                throw new IllegalStateException("finished already");
                            },
                            () -> {}));
        }
    }

    @Test
    @DisplayName("D: a redirected plan sends on what an earlier plan sent to the table")
    void redirected() {
        WritePlan plan = WritePlan.AS_ACCEPTED.redirected("t_a", "t_b").redirected("t_b", "t_c");

        assertThat(plan.of("t_a")).containsExactly(new WritePlan.Statement("t_a", "live", "t_c"));
        assertThat(plan.of("t_b")).containsExactly(new WritePlan.Statement("t_b", "live", "t_c"));
        assertThat(plan.of("t_x")).containsExactly(new WritePlan.Statement("t_x", "live", "t_x"));
        assertThat(WritePlan.parse(plan.text())).isEqualTo(plan);
        assertThat(plan.alsoTo("t_a", "staging", "t_s").without("staging")).isEqualTo(plan);
    }
}
