package dev.rookery.ingest.writer;

import dev.rookery.catalog.ingestion.Backlog;
import dev.rookery.catalog.ingestion.Lane;
import dev.rookery.catalog.ingestion.LaneKey;
import dev.rookery.catalog.ingestion.PlanHistory;
import dev.rookery.ingest.log.RecordFormatException;
import dev.rookery.ingest.writer.LaneReaders.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane that is being worked off, by a thread of its own. Its position is guarded by the partition's monitor; the
 * catalog is told of every step before, or after, it is made, as the state table says.
 */
final class LaneRun {
    private static final Logger LOG = LoggerFactory.getLogger(LaneRun.class);

    private static final Duration SAY_EVERY = Duration.ofMinutes(1);
    private static final Duration OTHERS_FIRST = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final PartitionWriter owner;
    private final WriterTools tools;
    private final LaneKey key;
    private final @Nullable UUID barrier;
    private final @Nullable Attempt before;
    private final StopSignal stop = new StopSignal();
    private final Complaint complaint = new Complaint(LOG, SAY_EVERY);

    private long next;
    private OptionalLong attemptTo;
    private long limit;
    private String reason;

    /**
     * @param limit where the main cycle takes over
     * @param before an attempt of the main cycle that has been given up and may have an insert under way
     */
    LaneRun(PartitionWriter owner, WriterTools tools, Lane lane, long limit, @Nullable Attempt before) {
        this.owner = owner;
        this.tools = tools;
        this.key = lane.key();
        this.next = lane.next();
        this.attemptTo = lane.attemptTo();
        this.limit = Math.max(limit, lane.attemptTo().orElse(limit));
        this.reason = lane.reason();
        this.barrier = lane.barrier();
        this.before = before;
    }

    LaneKey key() {
        return key;
    }

    /** What it waits for, if it is on hold. */
    @Nullable
    UUID barrier() {
        return barrier;
    }

    /** Under the partition's monitor, as all that follow. */
    long next() {
        return next;
    }

    boolean isAt(long offset) {
        return next == offset && attemptTo.isEmpty() && !key.isHold();
    }

    /** The main cycle passes the source by up to here. */
    void extend(long to) {
        limit = Math.max(limit, to);
        owner.notifyAll();
    }

    void start() {
        if (!key.isHold()) {
            Thread.ofVirtual().name("lane-" + key.source()).start(this::run);
        }
    }

    void stop() {
        stop.set();
        owner.notifyAll();
    }

    private void run() {
        try {
            Attempt earlier = before;
            if (earlier != null) {
                earlier.awaitEnd();
            }
            Duration pause = FIRST_PAUSE;
            while (awaitWork()) {
                Optional<Duration> wait = step();
                pause = wait.isPresent()
                        ? min(pause.multipliedBy(2), tools.settings().retryAtMost())
                        : FIRST_PAUSE;
                if (wait.isPresent() && stop.within(max(wait.get(), pause))) {
                    return;
                }
            }
        } catch (StoppedException e) {
            LOG.debug("lane stops {}", key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            owner.fail(e);
        }
    }

    private boolean isStopped() {
        return stop.isSet() || owner.isStopped();
    }

    private boolean awaitWork() throws InterruptedException {
        synchronized (owner) {
            while (!isStopped() && attemptTo.isEmpty() && next >= limit) {
                owner.wait();
            }
            return !isStopped();
        }
    }

    /** One attempt; how long to wait before the same is tried again, if it must be. */
    private Optional<Duration> step() throws InterruptedException {
        tools.lanePermits().acquire();
        try {
            return attempt();
        } catch (KafkaException | RecordFormatException e) {
            // Also where the log no longer has the records: passing them by would hide that rows are missing.
            complaint.warn("lane cannot be read", "lane=%s partition=%s".formatted(key, owner.partition()), e);
            return Optional.of(tools.settings().retrySlowly());
        } finally {
            tools.lanePermits().release();
        }
    }

    private Optional<Duration> attempt() throws InterruptedException {
        long from;
        long to;
        boolean recorded;
        synchronized (owner) {
            from = next;
            recorded = attemptTo.isPresent();
            to = attemptTo.orElse(limit);
        }
        long enough = recorded ? Long.MAX_VALUE : tools.settings().flushBytes().toBytes();
        var reads = LaneReaders.Key.of(key.source());
        Range range = tools.readers().read(owner.partition(), reads, from, to, enough, stop);
        if (range.records().isEmpty()) {
            advance(range.to(), Backlog.NONE);
            return Optional.empty();
        }
        long first = range.records().getFirst().timestamp();
        if (!recorded && !record(range.to(), Instant.ofEpochMilli(first))) {
            return Optional.of(OTHERS_FIRST);
        }
        Repeats repeats = owner.persistence()
                .insist("idempotency keys", () -> tools.lookback().before(owner.partition(), reads, from, first, stop));
        List<Chunk> chunks = ChunkPlanner.plan(owner.partition(), repeats.without(range.records()));
        SourceLoad load = SourceLoad.of(chunks, range.records()).get(key.source());
        if (load != null) {
            Optional<InsertFailure> failure = send(load);
            if (failure.isPresent()) {
                explain(failure.get());
                return Optional.of(
                        failure.get().passing() ? FIRST_PAUSE : tools.settings().retrySlowly());
            }
        }
        advance(range.to(), load == null ? Backlog.NONE : load.backlog());
        return Optional.empty();
    }

    private Optional<InsertFailure> send(SourceLoad load) throws InterruptedException {
        Map<dev.rookery.catalog.ResourceId, PlanHistory> plans = owner.persistence()
                .insist("write plans", () -> tools.plans().of(owner.logPartition(), Set.of(key.source())));
        for (Delivery delivery : load.deliveries(plans.getOrDefault(key.source(), PlanHistory.NONE), key.graph())) {
            if (isStopped()) {
                throw new StoppedException();
            }
            Optional<InsertFailure> failure = tools.inserter().insert(delivery);
            if (failure.isPresent()) {
                complaint.warn(
                        "lane delayed",
                        delivery + " graph=" + key.graph() + " " + failure.get().reason());
                return failure;
            }
        }
        return Optional.empty();
    }

    private boolean record(long to, Instant oldest) throws InterruptedException {
        boolean mine = owner.persistence()
                .insist("lane's attempt", () -> tools.lanes().attempt(owner.lease(), key, to, oldest));
        if (mine) {
            synchronized (owner) {
                attemptTo = OptionalLong.of(to);
            }
        }
        return mine;
    }

    private void advance(long to, Backlog stored) throws InterruptedException {
        owner.persistence().insist("lane's advance", () -> tools.lanes().advance(owner.lease(), key, to, stored));
        synchronized (owner) {
            next = to;
            attemptTo = OptionalLong.empty();
        }
        owner.advanced();
    }

    private void explain(InsertFailure failure) throws InterruptedException {
        if (!failure.reason().equals(reason)) {
            reason = failure.reason();
            String said = reason;
            owner.persistence().insist("lane's reason", () -> tools.lanes().explain(owner.lease(), key, said));
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
