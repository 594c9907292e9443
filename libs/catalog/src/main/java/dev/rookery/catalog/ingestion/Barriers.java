package dev.rookery.catalog.ingestion;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.clusters.FlushClass;
import dev.rookery.catalog.clusters.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The coordinator of barriers (ALGORITHMS.md B). The state table is in this package's description. Thread safe.
 */
public final class Barriers {
    private static final Logger LOG = LoggerFactory.getLogger(Barriers.class);

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final LaneStore lanes;
    private final WritePlans plans;
    private final BarrierRelease release;
    private final TransactionOperations transactions;

    public Barriers(JdbcClient jdbc, LaneStore lanes, WritePlans plans, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.lanes = lanes;
        this.plans = plans;
        this.release = new BarrierRelease(jdbc, lanes, plans);
        this.transactions = transactions;
    }

    /**
     * Stops the storing of some data sources at an agreed cut, runs the section, and lets them go on by the plans that
     * it has put. Rows are accepted all the while, and other data sources are stored.
     *
     * @param patience how long to wait for writers, at most 25 s
     * @throws CatalogException CONFLICT when another barrier is open for one of the sources; UNAVAILABLE when not every
     *     writer reports in time. Nothing has happened then.
     * @throws RuntimeException what the section throws: it is begun then, and {@link #abandoned} in 30 s
     */
    public void run(BarrierRequest request, Duration patience, CriticalSection section) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("nobody would see a barrier that is not committed");
        }
        if (patience.compareTo(LEASE.minusSeconds(5)) > 0) {
            throw new IllegalArgumentException("a barrier may wait for 25 s at most");
        }
        UUID id = ask(request);
        try {
            awaitReports(id, topics(request.cluster()), patience);
        } catch (RuntimeException e) {
            transactions.executeWithoutResult(_ -> release.undo(id));
            throw e;
        }
        complete(id, 1, section);
    }

    /** Barriers that were begun by a coordinator that has gone silent. */
    public List<AbandonedBarrier> abandoned() {
        return jdbc.sql("""
                        select id, workspace_id, kind, payload from barriers where state = 'begun' and lease_until < now()
                        """)
                .query((row, _) -> new AbandonedBarrier(
                        row.getObject("id", UUID.class),
                        new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                        row.getString("kind"),
                        row.getString("payload")))
                .list();
    }

    /** Takes an abandoned barrier over and brings it to its end. Does nothing when somebody else did. */
    public void finish(AbandonedBarrier barrier, CriticalSection section) {
        jdbc.sql("""
                        update barriers set epoch = epoch + 1, lease_until = now() + :lease::interval, updated_at = now()
                         where id = :id and state = 'begun' and lease_until < now()
                        returning epoch
                        """)
                .param("id", barrier.id())
                .param("lease", LEASE.toMillis() + " milliseconds")
                .query(Integer.class)
                .optional()
                .ifPresent(epoch -> complete(barrier.id(), epoch, section));
    }

    private UUID ask(BarrierRequest request) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        transactions.executeWithoutResult(_ -> {
            // In one order, so that two barriers over the same sources do not wait for each other.
            request.sources().stream()
                    .sorted(Comparator.comparing(ResourceId::value))
                    .forEach(lanes::lock);
            List<UUID> sources =
                    request.sources().stream().map(ResourceId::value).toList();
            boolean taken =
                    jdbc.sql("""
                            select exists (select 1 from barriers b join barrier_sources s on s.barrier_id = b.id
                                            where s.source_id in (:sources) and b.state in ('asked', 'begun'))
                            """).param("sources", sources).query(Boolean.class).single();
            if (taken) {
                throw new CatalogException(Kind.CONFLICT, "The data source is being changed already; try again");
            }
            jdbc.sql("""
                            insert into barriers (id, workspace_id, cluster_id, kind, payload, state, lease_until)
                            values (:id, :workspace, :cluster, :kind, :payload, 'asked', now() + :lease::interval)
                            """)
                    .param("id", id)
                    .param("workspace", request.workspace().value())
                    .param("cluster", request.cluster().value())
                    .param("kind", request.kind())
                    .param("payload", request.payload())
                    .param("lease", LEASE.toMillis() + " milliseconds")
                    .update();
            sources.forEach(source -> jdbc.sql("insert into barrier_sources values (:id, :source)")
                    .param("id", id)
                    .param("source", source)
                    .update());
        });
        return id;
    }

    /** Begins the barrier when nothing is missing; from there on there is no way back. */
    private void awaitReports(UUID id, List<String> topics, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!Boolean.TRUE.equals(transactions.execute(_ -> begin(id, topics)))) {
            if (System.nanoTime() > deadline || isUndone(id)) {
                throw new CatalogException(
                        Kind.UNAVAILABLE, "Not all writers have stored what they have in time; try again");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private boolean isUndone(UUID id) {
        return jdbc.sql("select state = 'undone' from barriers where id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    private boolean begin(UUID id, List<String> topics) {
        return jdbc.sql("""
                        update barriers b set state = 'begun', lease_until = now() + :lease::interval, updated_at = now()
                         where b.id = :id and b.state = 'asked' and b.lease_until > now()
                           and exists (select 1 from ingestion_partitions where topic in (:topics))
                           and not exists (
                                 select 1 from ingestion_partitions p
                                   join barrier_sources s on s.barrier_id = b.id
                                   left join barrier_reports r on r.barrier_id = b.id and r.source_id = s.source_id
                                        and r.topic = p.topic and r.partition = p.partition
                                  where p.topic in (:topics) and r.barrier_id is null)
                           and not exists (select 1 from direct_writes d join barrier_sources s
                                               on s.source_id = d.source_id where s.barrier_id = b.id)
                        """)
                        .param("id", id)
                        .param("topics", topics)
                        .param("lease", LEASE.toMillis() + " milliseconds")
                        .update()
                == 1;
    }

    /** The sources' rows may be in any of them, whatever class they are of now. */
    private List<String> topics(ClusterId cluster) {
        String name = jdbc.sql("select name from clusters where id = :id")
                .param("id", cluster.value())
                .query(String.class)
                .single();
        return Arrays.stream(FlushClass.values())
                .map(flushClass -> Topics.events(name, flushClass))
                .toList();
    }

    private void complete(UUID id, int epoch, CriticalSection section) {
        Cut cut = cut(id);
        var finished = new CountDownLatch(1);
        Thread renewal = Thread.ofVirtual().name("barrier-lease").start(() -> renew(id, epoch, finished));
        try {
            section.work(cut);
            transactions.executeWithoutResult(_ -> commit(id, epoch, cut, section));
        } finally {
            finished.countDown();
            renewal.interrupt();
        }
        LOG.info("barrier done barrier={}", id);
    }

    private void commit(UUID id, int epoch, Cut cut, CriticalSection section) {
        int mine = jdbc.sql("""
                        update barriers set state = 'done', updated_at = now()
                         where id = :id and state = 'begun' and epoch = :epoch
                        """).param("id", id).param("epoch", epoch).update();
        if (mine == 0) {
            throw new CatalogException(Kind.CONFLICT, "The change was taken over and finished by another server");
        }
        PlanChanges changes = new PlanChanges();
        section.commit(cut, changes);
        changes.all().forEach((source, plan) -> {
            Map<LogPartition, Long> boundaries = cut.boundaries().get(source);
            if (boundaries == null) {
                throw new IllegalArgumentException("%s is no source of the barrier".formatted(source));
            }
            plans.add(source, boundaries, plan);
        });
        release.clearHolds(id);
    }

    private Cut cut(UUID id) {
        Map<ResourceId, Map<LogPartition, Long>> boundaries = new HashMap<>();
        jdbc.sql("select source_id, topic, partition, boundary from barrier_reports where barrier_id = :id")
                .param("id", id)
                .query(row -> {
                    boundaries
                            .computeIfAbsent(
                                    new ResourceId(row.getObject("source_id", UUID.class)), _ -> new HashMap<>())
                            .put(
                                    new LogPartition(row.getString("topic"), row.getInt("partition")),
                                    row.getLong("boundary"));
                });
        return new Cut(boundaries);
    }

    private void renew(UUID id, int epoch, CountDownLatch finished) {
        try {
            while (!finished.await(RENEW_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                jdbc.sql("""
                                update barriers set lease_until = now() + :lease::interval
                                 where id = :id and epoch = :epoch and state = 'begun'
                                """)
                        .param("id", id)
                        .param("epoch", epoch)
                        .param("lease", LEASE.toMillis() + " milliseconds")
                        .update();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException e) {
            LOG.warn("barrier's lease not renewed barrier={} cause=\"{}\"", id, e.getMessage());
        }
    }
}
