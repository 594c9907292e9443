package dev.rookery.ingest.writer;

import dev.rookery.catalog.changes.CatalogChange;
import dev.rookery.catalog.changes.ChangeListener;
import dev.rookery.catalog.changes.ChangeTopic;
import dev.rookery.catalog.clusters.Cluster;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.clusters.FlushClass;
import dev.rookery.catalog.clusters.Topics;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.ingest.log.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** One {@link TopicWriter} per topic of every cluster, also of clusters that are added while this runs. Thread safe. */
final class Writers implements SmartLifecycle, ChangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(Writers.class);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    /** Data sources are all of this class until plans name another (ALGORITHMS.md 11). */
    private static final List<FlushClass> CLASSES = List.of(FlushClass.FAST);

    private record Running(TopicWriter writer, Thread thread) {}

    private final ClusterStore clusters;
    private final ClusterConnections clickHouse;
    private final KafkaClients kafka;
    private final CommitNotices notices;
    private final GoneTables gone;
    private final WriterProperties settings;
    private final ExecutorService inserts = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Running> writers = new HashMap<>();
    private volatile boolean running;

    Writers(
            ClusterStore clusters,
            ClusterConnections clickHouse,
            KafkaClients kafka,
            CommitNotices notices,
            GoneTables gone,
            WriterProperties settings) {
        this.clusters = clusters;
        this.clickHouse = clickHouse;
        this.kafka = kafka;
        this.notices = notices;
        this.gone = gone;
        this.settings = settings;
    }

    @Override
    public void start() {
        running = true;
        startMissing();
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
                for (FlushClass flushClass : CLASSES) {
                    String topic = Topics.events(cluster.name(), flushClass);
                    if (running && !writers.containsKey(topic)) {
                        writers.put(topic, start(cluster, flushClass, topic));
                    }
                }
            }
        } catch (DataAccessException e) {
            LOG.warn("clusters unknown cause=\"{}\"; asked again with their next change", e.getMessage());
        }
    }

    private Running start(Cluster cluster, FlushClass flushClass, String topic) {
        var inserter = new ChunkInserter(clickHouse, cluster.id(), gone, settings);
        var writer = new TopicWriter(
                topic,
                kafka.member("rookery.writer." + topic),
                new CycleSender(inserter, settings, inserts),
                notices,
                flushClass.interval(),
                settings);
        Thread thread = Thread.ofPlatform().name("writer-" + topic).start(writer::run);
        return new Running(writer, thread);
    }

    @Override
    public synchronized void stop() {
        running = false;
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
