package dev.rookery.ingest.writer;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.ingestion.Backlog;
import dev.rookery.catalog.ingestion.Lane;
import dev.rookery.catalog.ingestion.LaneKey;
import dev.rookery.catalog.ingestion.LogPartition;
import dev.rookery.catalog.ingestion.OpenBarrier;
import dev.rookery.catalog.ingestion.PartitionLease;
import dev.rookery.catalog.ingestion.PlanHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition as this writer stores it: cycles one after the other, and beside them the lanes of the data sources that
 * are behind. The poll loop starts cycles and tells what the journal says; all that waits, waits on other threads. The
 * monitor guards which lanes there are and where they stand, also while Postgres is being told.
 */
final class PartitionWriter implements PartitionFlow.Sender {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionWriter.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration SAY_EVERY = Duration.ofMinutes(1);

    private final TopicPartition partition;
    private final LogPartition logPartition;
    private final int partitions;
    private final WriterTools tools;
    private final StopSignal stop = new StopSignal();
    private final Persistence persistence = new Persistence(stop);
    private final CountDownLatch adopted = new CountDownLatch(1);
    private final Complaint complaint = new Complaint(LOG, SAY_EVERY);

    private volatile @Nullable PartitionLease lease;

    private final Map<LaneKey, LaneRun> lanes = new HashMap<>();
    private List<OpenBarrier> barriers = List.of();
    private boolean cycleRunning;

    /** The journal's offset, where no cycle has begun behind it; lanes end and barriers cut here. */
    private OptionalLong boundary;

    private volatile int laneCount;
    private volatile boolean broken;

    /** Puts notices in order: an older one behind a newer one would say that rows are stored which are not. */
    private final Object noticing = new Object();

    private long published;

    /** Up to where cycles have begun. */
    private long begunTo;

    /** Of the cycles' thread. */
    private @Nullable Repeats repeats;

    /** @param partitions of the topic */
    PartitionWriter(TopicPartition partition, int partitions, FlushJournal journal, WriterTools tools) {
        this.partitions = partitions;
        this.partition = partition;
        this.logPartition = new LogPartition(partition.topic(), partition.partition());
        this.tools = tools;
        this.begunTo = journal.from();
        this.boundary = journal.to().isPresent() ? OptionalLong.empty() : OptionalLong.of(journal.from());
    }

    /** Takes the partition over, and goes on with its lanes. Returns at once. */
    void start() {
        run(this::adopt);
    }

    /** Ends everything before its next insert. Returns at once, whoever waits for Postgres under the monitor. */
    void stop() {
        stop.set();
        submit(() -> {
            synchronized (this) {
                lanes.values().forEach(LaneRun::stop);
            }
        });
    }

    boolean isStopped() {
        return stop.isSet();
    }

    private void submit(Runnable task) {
        try {
            tools.threads().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: the process ends", partition);
        }
    }

    /** Whether something went wrong that only reading the journal and the lanes anew can mend. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public Future<Boolean> send(TopicPartition same, Cycle cycle, StopSignal given) {
        return tools.threads().submit(() -> store(cycle));
    }

    /** The journal says that all below the offset is stored. From the poll loop. */
    void committed(long end) {
        run(() -> {
            atBoundary(end);
            publish(end);
        });
    }

    /** Hears of the barriers that are open. */
    void hear(List<OpenBarrier> open) {
        run(() -> look(open));
    }

    private synchronized Map<ResourceId, Long> exceptions() {
        Map<ResourceId, Long> exceptions = new HashMap<>();
        lanes.values().forEach(lane -> exceptions.merge(lane.key().source(), lane.next(), Math::min));
        return exceptions;
    }

    /** How many data sources are behind or on hold. */
    int laneCount() {
        return laneCount;
    }

    TopicPartition partition() {
        return partition;
    }

    LogPartition logPartition() {
        return logPartition;
    }

    Persistence persistence() {
        return persistence;
    }

    PartitionLease lease() {
        PartitionLease mine = lease;
        if (mine == null) {
            throw new IllegalStateException(partition + " is not adopted yet");
        }
        return mine;
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private void run(Step step) {
        submit(() -> {
            try {
                step.run();
            } catch (StoppedException e) {
                LOG.debug("{} is given away", partition);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                fail(e);
            }
        });
    }

    /** What was done last may have happened or not: the catalog and the journal are asked anew. */
    void fail(RuntimeException e) {
        LOG.warn("partition is adopted anew partition={} cause=\"{}\"", partition, e.toString());
        broken = true;
        stop();
    }

    private void adopt() throws InterruptedException {
        persistence.insist("partitions", () -> tools.lanes().register(partition.topic(), partitions));
        lease = persistence.insist("takeover", () -> tools.lanes().own(logPartition));
        List<Lane> found = persistence.insist("lanes", () -> tools.lanes().lanes(logPartition));
        synchronized (this) {
            found.forEach(lane -> add(lane, begunTo, null));
        }
        adopted.countDown();
    }

    private void add(Lane lane, long limit, @Nullable Attempt before) {
        var run = new LaneRun(this, tools, lane, limit, before);
        lanes.put(lane.key(), run);
        laneCount = lanes.size();
        run.start();
    }

    private boolean store(Cycle cycle) throws InterruptedException {
        try {
            if (!awaitAdoption()) {
                return false;
            }
            return storeAll(cycle, readable(cycle));
        } catch (StoppedException e) {
            return false;
        } catch (RuntimeException e) {
            fail(e);
            return false;
        }
    }

    private boolean awaitAdoption() throws InterruptedException {
        while (!adopted.await(LOOK_EVERY.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
            if (stop.isSet()) {
                return false;
            }
        }
        return true;
    }

    /** What the cycle holds; waits as long as a record cannot be read, for passing it by would lose rows. */
    private Map<ResourceId, SourceLoad> readable(Cycle cycle) throws InterruptedException {
        while (true) {
            try {
                var records = cycle.records();
                if (records.isEmpty()) {
                    return Map.of();
                }
                Repeats filter = repeats;
                if (filter == null) {
                    filter = persistence.insist(
                            "idempotency keys",
                            () -> tools.lookback()
                                    .before(
                                            partition,
                                            LaneReaders.Key.ANY,
                                            cycle.from(),
                                            records.getFirst().timestamp(),
                                            stop));
                    repeats = filter;
                }
                var first = cycle.firsts(filter);
                return SourceLoad.of(ChunkPlanner.plan(partition, first), first);
            } catch (StoppedException e) {
                throw e;
            } catch (RuntimeException e) {
                complaint.warn(
                        "cycle failed",
                        "partition=%s offsets=%d-%d".formatted(partition, cycle.from(), cycle.to() - 1),
                        e);
            }
            if (stop.within(tools.settings().retrySlowly())) {
                throw new StoppedException();
            }
        }
    }

    /** @param plans of the sources that have any */
    private record Begun(Set<LaneKey> passedBy, Map<ResourceId, PlanHistory> plans) {
        boolean passesBy(ResourceId source, String graph) {
            return passedBy.contains(new LaneKey(source, graph)) || passedBy.contains(new LaneKey(source, LaneKey.ALL));
        }
    }

    private record Running(LaneKey key, SourceLoad load, Attempt attempt) {}

    private boolean storeAll(Cycle cycle, Map<ResourceId, SourceLoad> loads) throws InterruptedException {
        Begun begun = begin(cycle, loads);
        List<Running> running = new ArrayList<>();
        for (SourceLoad load : loads.values()) {
            PlanHistory plans = begun.plans().getOrDefault(load.source(), PlanHistory.NONE);
            for (String graph : load.graphs(plans)) {
                if (!begun.passesBy(load.source(), graph)) {
                    var attempt = new Attempt(
                            tools.inserter(),
                            load.deliveries(plans, graph),
                            tools.cyclePermits(),
                            tools.budget(),
                            tools.settings());
                    running.add(new Running(new LaneKey(load.source(), graph), load, attempt));
                    Thread.ofVirtual().name("insert-" + load.source()).start(attempt);
                }
            }
        }
        try {
            for (Running one : running) {
                if (!await(cycle, one)) {
                    return false;
                }
            }
        } finally {
            running.forEach(one -> one.attempt().giveUp());
        }
        synchronized (this) {
            cycleRunning = false;
        }
        return true;
    }

    private boolean await(Cycle cycle, Running one) throws InterruptedException {
        while (!one.attempt().hasEnded(LOOK_EVERY)) {
            if (stop.isSet()) {
                return false;
            }
            if (isHeldUpBy(one.attempt())) {
                openLane(cycle, one);
                return true;
            }
        }
        return one.attempt().isStored();
    }

    /** Whether the others should go on without it (A5); where nothing answers, nobody could. */
    private boolean isHeldUpBy(Attempt attempt) throws InterruptedException {
        var failure = attempt.failure();
        if (failure.isPresent() && !failure.get().passing()) {
            return true;
        }
        boolean failing = attempt.failingFor().compareTo(tools.settings().laneAfter()) > 0;
        boolean slow = attempt.sendingFor().compareTo(tools.settings().laneIfSlower()) > 0;
        if (!failing && !slow) {
            return false;
        }
        boolean overall = slow || failure.map(InsertFailure::overall).orElse(false);
        return !overall || tools.cluster().isUpSince(attempt.sendingSince());
    }

    private void openLane(Cycle cycle, Running one) throws InterruptedException {
        String reason = one.attempt().failure().map(InsertFailure::reason).orElse("inserts take too long");
        var lane = new Lane(one.key(), one.load().workspace(), cycle.from(), OptionalLong.of(cycle.to()), null, reason);
        synchronized (this) {
            persistence.insist(
                    "lane", () -> tools.lanes().open(lease(), lane, one.load().backlog(), cycle.to()));
            one.attempt().giveUp();
            add(lane, cycle.to(), one.attempt());
        }
        LOG.warn(
                "lane opened partition={} source={} graph={} offsets={}-{} reason=\"{}\"",
                partition,
                one.key().source(),
                one.key().graph(),
                cycle.from(),
                cycle.to() - 1,
                reason);
    }

    /** Decides once and for all which data sources this cycle stores. */
    private synchronized Begun begin(Cycle cycle, Map<ResourceId, SourceLoad> loads) throws InterruptedException {
        cycleRunning = true;
        boundary = OptionalLong.empty();
        // What a cycle that is repeated has begun cannot be cut at its start.
        if (!cycle.isRepeat()) {
            reportBarriers(cycle.from());
        }
        closeCaughtUp(cycle.from());
        Map<ResourceId, PlanHistory> plans =
                persistence.insist("write plans", () -> tools.plans().of(logPartition, loads.keySet()));
        openForOthers(cycle, loads, plans);
        Map<LaneKey, Backlog> waiting = new LinkedHashMap<>();
        lanes.forEach((key, lane) -> {
            SourceLoad load = loads.get(key.source());
            if (load != null) {
                waiting.put(key, load.backlog());
            }
            lane.extend(cycle.to());
        });
        persistence.insist("passed by", () -> tools.lanes().passBy(lease(), waiting, cycle.from(), cycle.to()));
        persistence.insist(
                "progress",
                () -> tools.lanes()
                        .progress(
                                lease(),
                                cycle.from(),
                                cycle.records().isEmpty()
                                        ? null
                                        : Instant.ofEpochMilli(
                                                cycle.records().getFirst().timestamp())));
        begunTo = cycle.to();
        return new Begun(Set.copyOf(lanes.keySet()), plans);
    }

    /** A source that is behind in another partition must not fill its tables' windows from here (I4). */
    private void openForOthers(Cycle cycle, Map<ResourceId, SourceLoad> loads, Map<ResourceId, PlanHistory> plans)
            throws InterruptedException {
        Set<ResourceId> elsewhere = persistence.insist(
                "other partitions", () -> tools.lanes().behindElsewhere(logPartition, loads.keySet()));
        // An earlier writer may have sent part of a repeated cycle, in chunks up to its end.
        OptionalLong attempt = cycle.isRepeat() ? OptionalLong.of(cycle.to()) : OptionalLong.empty();
        for (ResourceId source : elsewhere) {
            SourceLoad load = java.util.Objects.requireNonNull(loads.get(source));
            for (String graph : load.graphs(plans.getOrDefault(source, PlanHistory.NONE))) {
                var key = new LaneKey(source, graph);
                if (!lanes.containsKey(key) && !lanes.containsKey(new LaneKey(source, LaneKey.ALL))) {
                    var lane = new Lane(
                            key,
                            load.workspace(),
                            cycle.from(),
                            attempt,
                            null,
                            "the data source is behind in another partition");
                    persistence.insist("lane", () -> tools.lanes().open(lease(), lane, Backlog.NONE, cycle.from()));
                    add(lane, cycle.to(), null);
                }
            }
        }
    }

    private synchronized void atBoundary(long end) throws InterruptedException {
        if (cycleRunning || end != begunTo || lease == null) {
            return;
        }
        boundary = OptionalLong.of(end);
        persistence.insist("progress", () -> tools.lanes().progress(lease(), end, null));
        useBoundary();
    }

    /** A lane has moved; perhaps it has caught up. */
    void advanced() {
        run(() -> {
            synchronized (this) {
                useBoundary();
            }
            publish(0);
        });
    }

    private void publish(long end) {
        synchronized (noticing) {
            published = Math.max(published, end);
            tools.notices().publish(partition, published, exceptions());
        }
    }

    private synchronized void look(List<OpenBarrier> open) throws InterruptedException {
        if (lease == null) {
            return;
        }
        barriers = open;
        useBoundary();
        if (lanes.values().stream().anyMatch(this::isReleased)) {
            reload();
        }
    }

    private boolean isReleased(LaneRun lane) {
        return lane.key().isHold()
                && barriers.stream().noneMatch(barrier -> barrier.id().equals(lane.barrier()));
    }

    /** A barrier has ended: its transaction has put lanes in the place of holds. */
    private void reload() throws InterruptedException {
        List<Lane> found = persistence.insist("lanes", () -> tools.lanes().lanes(logPartition));
        lanes.keySet()
                .removeIf(key -> key.isHold()
                        && found.stream().noneMatch(lane -> lane.key().equals(key)));
        laneCount = lanes.size();
        for (Lane lane : found) {
            if (!lanes.containsKey(lane.key())) {
                add(lane, begunTo, null);
            }
        }
        useBoundary();
    }

    private void useBoundary() throws InterruptedException {
        if (boundary.isPresent() && !cycleRunning) {
            reportBarriers(boundary.getAsLong());
            closeCaughtUp(boundary.getAsLong());
        }
    }

    private void closeCaughtUp(long at) throws InterruptedException {
        for (LaneRun lane : List.copyOf(lanes.values())) {
            if (lane.isAt(at)) {
                persistence.insist("lane's end", () -> close(lane.key(), at));
                lanes.remove(lane.key());
                laneCount = lanes.size();
                lane.stop();
                LOG.info(
                        "lane closed partition={} source={} graph={} at={}",
                        partition,
                        lane.key().source(),
                        lane.key().graph(),
                        at);
            }
        }
    }

    private void close(LaneKey key, long at) {
        boolean closed = tools.lanes().close(lease(), key, at);
        if (!closed
                && tools.lanes().lanes(logPartition).stream()
                        .anyMatch(lane -> lane.key().equals(key))) {
            throw new IllegalStateException("the catalog has %s elsewhere than at %d".formatted(key, at));
        }
    }

    private void reportBarriers(long at) throws InterruptedException {
        for (OpenBarrier barrier : barriers) {
            for (ResourceId source : barrier.sources()) {
                List<LaneRun> mine = lanes.values().stream()
                        .filter(lane -> lane.key().source().equals(source))
                        .toList();
                if (mine.stream().allMatch(lane -> lane.isAt(at))) {
                    hold(barrier, source, at, mine);
                }
            }
        }
    }

    private void hold(OpenBarrier barrier, ResourceId source, long at, List<LaneRun> caughtUp)
            throws InterruptedException {
        List<LaneKey> keys = caughtUp.stream().map(LaneRun::key).toList();
        // Not insisted on: with an outcome that is not known, the catalog may have ended the lanes that are here.
        if (!tools.barriers().report(lease(), barrier, source, at, keys)) {
            return;
        }
        caughtUp.forEach(lane -> {
            lanes.remove(lane.key());
            lane.stop();
        });
        add(
                new Lane(
                        new LaneKey(source, LaneKey.ALL),
                        barrier.workspace(),
                        at,
                        OptionalLong.empty(),
                        barrier.id(),
                        ""),
                at,
                null);
    }
}
