package dev.rookery.ingest.writer;

import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.changes.CatalogChange;
import dev.rookery.catalog.changes.ChangeListener;
import dev.rookery.catalog.changes.ChangeTopic;
import dev.rookery.catalog.clusters.Cluster;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.clusters.FlushClass;
import dev.rookery.catalog.clusters.Topics;
import dev.rookery.catalog.ingestion.OpenBarrier;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.ingest.log.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;

/** One {@link TopicWriter} per topic of every cluster, also of clusters that are added while this runs. Thread safe. */
final class Writers implements SmartLifecycle, ChangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(Writers.class);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    /** How soon a barrier is heard of. */
    private static final Duration LISTEN_EVERY = Duration.ofMillis(200);

    private static final Duration SAY_EVERY = Duration.ofMinutes(1);

    private record Running(ClusterId cluster, TopicWriter writer, Thread thread) {}

    private final ClusterStore clusters;
    private final ClusterConnections clickHouse;
    private final KafkaClients kafka;
    private final CommitNotices notices;
    private final WriterCatalog catalog;
    private final WriterMetrics metrics;
    private final WriterProperties settings;
    private final LaneReaders readers;
    private final ExecutorService inserts = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Running> writers = new HashMap<>();
    private final StopSignal stop = new StopSignal();
    private volatile boolean running;

    Writers(
            ClusterStore clusters,
            ClusterConnections clickHouse,
            KafkaClients kafka,
            CommitNotices notices,
            WriterCatalog catalog,
            WriterMetrics metrics,
            WriterProperties settings) {
        this.clusters = clusters;
        this.clickHouse = clickHouse;
        this.kafka = kafka;
        this.notices = notices;
        this.catalog = catalog;
        this.metrics = metrics;
        this.readers = new LaneReaders(kafka);
        this.settings = settings;
    }

    @Override
    public void start() {
        running = true;
        startMissing();
        Thread.ofVirtual().name("barriers").start(this::listen);
    }

    @Override
    public void onChanges(List<CatalogChange> changes) {
        if (running && changes.stream().anyMatch(change -> change.topic() == ChangeTopic.CLUSTERS)) {
            Thread.ofVirtual().name("writers-rescan").start(this::startMissing);
        }
    }

    private synchronized void startMissing() {
        try {
            for (Cluster cluster : clusters.all()) {
                WriterTools tools = null;
                for (FlushClass flushClass : FlushClass.values()) {
                    String topic = Topics.events(cluster.name(), flushClass);
                    if (running && !writers.containsKey(topic)) {
                        tools = tools == null ? tools(cluster.id()) : tools;
                        writers.put(topic, start(cluster, flushClass, topic, tools));
                    }
                }
            }
        } catch (DataAccessException e) {
            LOG.warn("clusters unknown cause=\"{}\"; asked again with their next change", e.getMessage());
        }
    }

    private WriterTools tools(ClusterId cluster) {
        var views = new FailingViews(clickHouse, cluster, catalog.states(), settings);
        var inserter =
                new ChunkInserter(clickHouse, cluster, catalog.gone(), views, new PartitionGroups(clickHouse, cluster));
        return new WriterTools(
                catalog.lanes(),
                catalog.plans(),
                catalog.barriers(),
                inserter,
                new ClusterProbe(clickHouse, cluster, inserts),
                readers,
                new Repeats.Lookback(catalog.keyed(), readers),
                notices,
                new Semaphore(settings.insertsAtOnce(), true),
                new InsertBudget(settings.insertsPerSecond(), System::nanoTime),
                new Semaphore(settings.lanesAtOnce(), true),
                inserts,
                settings);
    }

    private Running start(Cluster cluster, FlushClass flushClass, String topic, WriterTools tools) {
        var writer = new TopicWriter(topic, kafka.member("rookery.writer." + topic), tools, flushClass.interval());
        Thread thread = Thread.ofPlatform().name("writer-" + topic).start(writer::run);
        metrics.add(topic, writer);
        return new Running(cluster.id(), writer, thread);
    }

    private void listen() {
        var complaint = new Complaint(LOG, SAY_EVERY);
        try {
            while (!stop.within(LISTEN_EVERY)) {
                try {
                    tellBarriers();
                } catch (NestedRuntimeException e) {
                    complaint.warn("barriers unknown", "", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellBarriers() {
        List<Running> all;
        synchronized (this) {
            all = List.copyOf(writers.values());
        }
        Map<ClusterId, List<OpenBarrier>> open = new HashMap<>();
        for (Running one : all) {
            one.writer().hear(open.computeIfAbsent(one.cluster(), catalog.barriers()::open));
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        stop.set();
        writers.values().forEach(one -> one.writer().stop());
        for (Running one : writers.values()) {
            try {
                if (!one.thread().join(STOP_WITHIN)) {
                    LOG.warn(
                            "writer still busy thread={}; the next one repeats its cycle",
                            one.thread().getName());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        writers.clear();
        inserts.shutdownNow();
        readers.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the change feed; before the web server. */
    @Override
    public int getPhase() {
        return 0;
    }
}
