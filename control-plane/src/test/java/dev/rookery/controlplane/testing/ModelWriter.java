package dev.rookery.controlplane.testing;

import static org.awaitility.Awaitility.await;

import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.clusters.FlushClass;
import dev.rookery.catalog.clusters.Topics;
import dev.rookery.catalog.ingestion.Backlog;
import dev.rookery.catalog.ingestion.BarrierDesk;
import dev.rookery.catalog.ingestion.Lane;
import dev.rookery.catalog.ingestion.LaneStore;
import dev.rookery.catalog.ingestion.LogPartition;
import dev.rookery.catalog.ingestion.OpenBarrier;
import dev.rookery.catalog.ingestion.PartitionLease;
import dev.rookery.catalog.ingestion.PlanHistory;
import dev.rookery.catalog.ingestion.WritePlan;
import dev.rookery.catalog.ingestion.WritePlans;
import dev.rookery.clickhouse.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The part of a writer that deployments see, over the real catalog: one partition, in which an insert is a record. It
 * reports to barriers, holds what waits for them, and stores by the write plans. Thread safe.
 */
public final class ModelWriter implements AutoCloseable {
    /** All of it is stored at once when the barrier is over, and the barriers of others wait for that. */
    private static final int MOST_WAITING = 3;

    private record Insert(ResourceId source, String database, String accepted, String rows) {}

    private final BarrierDesk desk;
    private final LaneStore lanes;
    private final WritePlans plans;
    private final ClusterId cluster;
    private final PartitionLease lease;
    /** Fair: a sender that never rests must not keep barriers waiting. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Condition released = lock.newCondition();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread loop;
    private final Map<ResourceId, OpenBarrier> held = new HashMap<>();
    private final Map<ResourceId, List<Insert>> waiting = new HashMap<>();
    private long offset;

    ModelWriter(BarrierDesk desk, LaneStore lanes, WritePlans plans, ClusterId cluster, String name) {
        this.desk = desk;
        this.lanes = lanes;
        this.plans = plans;
        this.cluster = cluster;
        String topic = Topics.events(name, FlushClass.FAST);
        lanes.register(topic, 1);
        this.lease = lanes.own(new LogPartition(topic, 0));
        this.loop = Thread.ofPlatform().daemon().name("model-writer").start(this::run);
    }

    /**
     * Stores rows, or keeps them for the end of a barrier.
     *
     * @param accepted the table that was live when they were accepted
     * @param rows what follows INSERT INTO and the table
     */
    public void insert(ResourceId source, String database, String accepted, String rows) {
        var insert = new Insert(source, database, accepted, rows);
        lock.lock();
        try {
            while (held.containsKey(source)
                    && waiting.getOrDefault(source, List.of()).size() >= MOST_WAITING) {
                released.awaitUninterruptibly();
            }
            offset++;
            if (held.containsKey(source)) {
                waiting.computeIfAbsent(source, _ -> new ArrayList<>()).add(insert);
            } else {
                store(insert);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is held. */
    public void awaitIdle() {
        await("idle").atMost(Duration.ofMinutes(1)).until(this::isIdle);
    }

    private boolean isIdle() {
        lock.lock();
        try {
            return held.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void store(Insert insert) {
        WritePlan plan = plans.of(lease.partition(), List.of(insert.source()))
                .getOrDefault(insert.source(), PlanHistory.NONE)
                .at(offset);
        for (WritePlan.Statement statement : plan.of(insert.accepted())) {
            ControlPlane.shared()
                    .clickHouse()
                    .execute("INSERT INTO %s %s"
                            .formatted(Sql.table(insert.database(), statement.table()), insert.rows()));
        }
    }

    private void run() {
        try {
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                lock.lock();
                try {
                    look();
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        Map<ResourceId, OpenBarrier> open = new HashMap<>();
        desk.open(cluster).forEach(barrier -> barrier.sources().forEach(source -> open.put(source, barrier)));
        // The next barrier may be open before the end of the last one was seen.
        Map.copyOf(held).forEach((source, barrier) -> {
            OpenBarrier now = open.get(source);
            if (now == null || !now.id().equals(barrier.id())) {
                release(source);
            }
        });
        open.forEach((source, barrier) -> {
            if (!held.containsKey(source)
                    && desk.report(
                            lease,
                            barrier,
                            source,
                            offset,
                            lanes(source).stream().map(Lane::key).toList())) {
                held.put(source, barrier);
            }
        });
    }

    private void release(ResourceId source) {
        waiting.getOrDefault(source, List.of()).forEach(this::store);
        waiting.remove(source);
        for (Lane lane : lanes(source)) {
            lanes.advance(lease, lane.key(), offset, Backlog.NONE);
            lanes.close(lease, lane.key(), offset);
        }
        held.remove(source);
        released.signalAll();
    }

    private List<Lane> lanes(ResourceId source) {
        return lanes.lanes(lease.partition()).stream()
                .filter(lane -> lane.key().source().equals(source))
                .toList();
    }

    @Override
    public void close() {
        closed.countDown();
        loop.interrupt();
    }
}
