package dev.rookery.catalog.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.testing.SwitchedDataSource;
import dev.rookery.catalog.testing.TestCatalog;
import dev.rookery.catalog.testing.TestClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@DisplayName("The change log and its readers (ALGORITHMS.md E)")
class ChangeFeedTest {
    private final TestCatalog catalog = TestCatalog.create();
    private final List<ChangeFeed> started = new ArrayList<>();
    private final Set<WorkspaceId> seen = ConcurrentHashMap.newKeySet();

    @AfterEach
    void stop() {
        started.forEach(ChangeFeed::stop);
    }

    private ChangeFeed start(TestCatalog of, InstantSource clock, ChangeListener listener) {
        ChangeFeed feed = of.feed(clock);
        feed.subscribe(listener);
        started.add(feed);
        feed.start();
        return feed;
    }

    private void note(List<CatalogChange> changes) {
        changes.stream().map(CatalogChange::workspace).forEach(workspace -> {
            if (workspace != null) {
                seen.add(workspace);
            }
        });
    }

    private static WorkspaceId someWorkspace() {
        return new WorkspaceId(UuidCreator.getTimeOrderedEpoch());
    }

    private WorkspaceId commit() {
        WorkspaceId workspace = someWorkspace();
        return catalog.changes.commitAndAwait(() -> {
            catalog.changes.record(ChangeTopic.WORKSPACE, workspace);
            return workspace;
        });
    }

    private long instances(String condition) {
        return catalog.jdbc
                .sql("select count(*) from service_instances where " + condition)
                .query(Long.class)
                .single();
    }

    /** Two polls that began after this moment have ended, or one has and the next has begun. */
    private static void awaitPolls(TestClock clock) {
        long before = clock.questions();
        await().atMost(Duration.ofSeconds(20)).until(() -> clock.questions() >= before + 3);
    }

    /** A transaction that a test begins and ends by hand, without binding it to the thread. */
    private final class Open {
        private final WorkspaceId workspace = someWorkspace();
        private final java.sql.Connection connection;

        Open() throws Exception {
            connection = catalog.dataSource.getConnection();
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement(
                    "insert into catalog_changes (topic, workspace_id) values ('workspace', ?)")) {
                insert.setObject(1, workspace.value());
                insert.executeUpdate();
            }
        }

        void end(boolean commit) throws Exception {
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
            connection.setAutoCommit(true);
            connection.close();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("E2: transactions that overlap in any order are all seen, each as soon as it is committed")
    void overlapping(long seed) throws Exception {
        var clock = new TestClock();
        start(catalog, clock, this::note);
        var random = new Random(seed);
        List<Open> open = new ArrayList<>();
        for (int step = 0; step < 40; step++) {
            if (open.isEmpty() || (open.size() < 6 && random.nextBoolean())) {
                open.add(new Open());
            } else {
                Open ended = open.remove(random.nextInt(open.size()));
                boolean commit = random.nextInt(4) > 0;
                ended.end(commit);
                awaitPolls(clock);
                assertThat(seen.contains(ended.workspace)).as("step %d", step).isEqualTo(commit);
            }
            if (random.nextInt(3) == 0) {
                awaitPolls(clock);
            }
        }
        for (Open last : open) {
            last.end(true);
            awaitPolls(clock);
            assertThat(seen).contains(last.workspace);
        }
    }

    @Test
    @DisplayName("E2: many writers at once: when commitAndAwait returns, every instance has seen the change")
    void manyWriters() throws Exception {
        List<Set<WorkspaceId>> instances = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Set<WorkspaceId> mine = ConcurrentHashMap.newKeySet();
            instances.add(mine);
            start(
                    catalog,
                    InstantSource.system(),
                    changes -> changes.forEach(change -> {
                        if (change.workspace() != null) {
                            mine.add(change.workspace());
                        }
                    }));
        }
        Callable<Void> writer = () -> {
            for (int i = 0; i < 10; i++) {
                WorkspaceId changed = commit();
                assertThat(instances).allSatisfy(mine -> assertThat(mine).contains(changed));
            }
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (Future<Void> result : threads.invokeAll(List.of(writer, writer, writer, writer, writer, writer))) {
                result.get();
            }
        }
        assertThat(instances("revoked_at is not null")).isZero();
    }

    @Test
    @DisplayName("A long transaction elsewhere makes no instance late")
    void longTransaction() throws Exception {
        start(catalog, InstantSource.system(), this::note);
        var longOne = new Open();
        long began = System.nanoTime();
        WorkspaceId changed = commit();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(ChangeLog.PATIENCE);
        assertThat(seen).contains(changed);
        assertThat(instances("revoked_at is not null")).isZero();
        longOne.end(true);
        await().until(() -> seen.contains(longOne.workspace));
    }

    @Test
    @DisplayName("A change that is rolled back is neither awaited nor seen")
    void rolledBack() {
        start(catalog, InstantSource.system(), this::note);
        WorkspaceId workspace = someWorkspace();
        assertThatThrownBy(() -> catalog.changes.commitAndAwait(() -> {
                    catalog.changes.record(ChangeTopic.WORKSPACE, workspace);
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        commit();
        assertThat(seen).hasSize(1).doesNotContain(workspace);
    }

    @Test
    @DisplayName("Awaiting inside another transaction is refused, for nothing is committed yet")
    void nested() {
        var transaction = new DefaultTransactionDefinition();
        var manager = new DataSourceTransactionManager(catalog.dataSource);
        TransactionStatus status = manager.getTransaction(transaction);
        try {
            assertThatThrownBy(this::commit).isInstanceOf(IllegalStateException.class);
        } finally {
            manager.rollback(status);
        }
        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .isFalse();
    }

    @Test
    @DisplayName("E5: a stuck instance loses its lease after 2 s, refuses to answer, and is back once it has caught up")
    void stuck() throws Exception {
        var clock = new TestClock();
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        ChangeFeed stuck = start(catalog, clock, changes -> {
            entered.countDown();
            awaitUninterrupted(release);
            note(changes);
        });
        stuck.requireFresh();
        long began = System.nanoTime();
        WorkspaceId changed = commit();
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(ChangeLog.PATIENCE, ChangeLog.PATIENCE.plusSeconds(5));
        assertThat(entered.getCount()).isZero();
        assertThat(instances("revoked_at is not null")).isEqualTo(1);
        assertThat(seen).doesNotContain(changed);
        clock.advance(ChangeLog.PATIENCE.plusMillis(1));
        assertUnavailable(stuck);
        began = System.nanoTime();
        commit();
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("nobody waits for it any more")
                .isLessThan(ChangeLog.PATIENCE);

        release.countDown();
        await().until(() -> instances("revoked_at is null") == 1);
        stuck.requireFresh();
        assertThat(seen).contains(changed);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("E5: a dead instance is waited for only until its lease ends")
    void dead() {
        catalog.jdbc.sql("""
                        insert into service_instances (id, service, seen, lease_until)
                        values (gen_random_uuid(), 'dead', pg_current_snapshot(), now() + interval '500 milliseconds')
                        """).update();
        commit();
        assertThat(instances("lease_until < now() and revoked_at is null"))
                .as("the lease has ended by itself")
                .isEqualTo(1);
    }

    @Test
    @DisplayName("E5: without Postgres it answers from memory for 60 s, then refuses, and recovers by itself")
    void stale() {
        var broken = new SwitchedDataSource(catalog.dataSource);
        var own = new TestCatalog(broken, catalog.keys);
        var clock = new TestClock();
        ChangeFeed feed = start(own, clock, this::note);
        broken.fail(true);
        awaitPolls(clock);
        clock.advance(Duration.ofSeconds(30));
        feed.requireFresh();
        clock.advance(Duration.ofSeconds(31));
        assertUnavailable(feed);
        broken.fail(false);
        await().untilAsserted(feed::requireFresh);
    }

    @Test
    @DisplayName("A listener that fails is told again, and the feed lives on")
    void failingListener() {
        var failures = new CountDownLatch(2);
        ChangeFeed feed = start(catalog, InstantSource.system(), changes -> {
            if (failures.getCount() > 0) {
                failures.countDown();
                throw new IllegalStateException("a listener's mistake");
            }
            note(changes);
        });
        WorkspaceId changed = commit();
        assertThat(seen).contains(changed);
        feed.requireFresh();
    }

    @Test
    @DisplayName("stop() removes the lease, so that nobody waits for an instance that has gone")
    void stopped() {
        ChangeFeed feed = start(catalog, InstantSource.system(), this::note);
        assertThat(instances("true")).isEqualTo(1);
        assertThat(feed.isRunning()).isTrue();
        feed.stop();
        assertThat(feed.isRunning()).isFalse();
        assertThat(instances("true")).isZero();
    }

    @Test
    @DisplayName("Before it has started, nothing is fresh")
    void notStarted() {
        assertUnavailable(catalog.feed(InstantSource.system()));
    }

    @Test
    @DisplayName("A forgotten instance forgets everything, for it may have missed changes, and registers again")
    void forgotten() {
        Set<ChangeTopic> everything = ConcurrentHashMap.newKeySet();
        start(
                catalog,
                InstantSource.system(),
                changes -> changes.forEach(change -> {
                    if (change.workspace() == null) {
                        everything.add(change.topic());
                    }
                }));
        catalog.jdbc.sql("delete from service_instances").update();
        await().until(() -> everything.containsAll(Set.of(ChangeTopic.values())) && instances("true") == 1);
    }

    @Test
    @DisplayName("Old changes and instances that died long ago are deleted, others are kept")
    void pruned() {
        catalog.jdbc.sql("""
                        insert into catalog_changes (topic, created_at)
                        values ('tokens', now() - interval '4 days'), ('tokens', now() - interval '2 days')
                        """).update();
        catalog.jdbc.sql("""
                        insert into service_instances (id, service, seen, lease_until)
                        values (gen_random_uuid(), 'dead', pg_current_snapshot(), now() - interval '2 days'),
                               (gen_random_uuid(), 'recent', pg_current_snapshot(), now() - interval '1 hour')
                        """).update();
        start(catalog, InstantSource.system(), this::note);
        assertThat(instances("service = 'dead'")).isZero();
        assertThat(instances("true")).isEqualTo(2);
        assertThat(catalog.jdbc
                        .sql("select count(*) from catalog_changes")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    private static void assertUnavailable(ChangeFeed feed) {
        assertThatThrownBy(feed::requireFresh)
                .isInstanceOfSatisfying(
                        CatalogException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
}
