package dev.rookery.db;

import dev.rookery.catalog.clusters.Cluster;
import dev.rookery.catalog.clusters.FlushClass;
import dev.rookery.catalog.clusters.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Kafka topics: one per cluster and flush class for events, and the writers' commit notices (ALGORITHMS.md 8, 10, 11). */
final class TopicMigration implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicMigration.class);

    /** What is not yet in ClickHouse must outlive any outage an operator can mend. */
    private static final Duration EVENT_RETENTION = Duration.ofDays(7);

    private static final Duration NOTICE_RETENTION = Duration.ofHours(1);

    /** A record is 1 MiB as a rule, but a row that is larger travels whole. */
    private static final int LARGEST_RECORD = 16 << 20;

    private final MigrateProperties settings;
    private final Admin admin;

    TopicMigration(MigrateProperties settings) {
        this.settings = settings;
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.kafkaBootstrap(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                30_000));
    }

    void run(List<Cluster> clusters) {
        List<NewTopic> topics = new ArrayList<>();
        for (Cluster cluster : clusters) {
            for (FlushClass flushClass : FlushClass.values()) {
                topics.add(topic(Topics.events(cluster.name(), flushClass), settings.partitions(), EVENT_RETENTION));
            }
        }
        topics.add(topic(Topics.COMMITS, 1, NOTICE_RETENTION));
        topics.forEach(this::create);
    }

    private NewTopic topic(String name, int partitions, Duration retention) {
        return new NewTopic(name, partitions, settings.replicationFactor())
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(retention.toMillis()),
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        "-1",
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(LARGEST_RECORD),
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        settings.replicationFactor() >= 3 ? "2" : "1"));
    }

    private void create(NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get();
            LOG.info("Kafka: created the topic {}", topic.name());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("Kafka does not create the topic " + topic.name(), e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
