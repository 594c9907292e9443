package dev.rookery.engines.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** What one node is: where its log lives and on which loopback ports it listens. */
record KafkaNode(Path directory, int port, int controllerPort) {
    private static final String HOST = "127.0.0.1";
    private static final int NODE_ID = 1;

    static KafkaNode from(Properties settings) {
        return new KafkaNode(
                Path.of(required(settings, "directory")),
                Integer.parseInt(required(settings, "port")),
                Integer.parseInt(required(settings, "controllerPort")));
    }

    /** Writes the metadata of a new cluster; a directory that is formatted already is left as it is. */
    void format() throws Exception {
        Files.createDirectories(directory);
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        // Standard output is the channel to the parent.
        new Formatter()
                .setPrintStream(System.err)
                .setNodeId(NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setIgnoreFormatted(true)
                .run();
    }

    KafkaConfig config() {
        var properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                String.valueOf(NODE_ID),
                "controller.quorum.voters",
                NODE_ID + "@" + HOST + ":" + controllerPort,
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort,
                "log.dirs",
                directory.toString()));
        properties.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                // Topics are made by the platform's migrations; a misspelt name must not make one.
                "auto.create.topics.enable", "false"));
        // After a kill the new process has to wait until the old one's session is over (9 s by default).
        // The election timeout passes in full before the only voter makes itself leader again.
        properties.putAll(Map.of(
                "broker.session.timeout.ms", "3000",
                "broker.heartbeat.interval.ms", "500",
                "controller.quorum.election.timeout.ms", "100"));
        // Sized for a small heap: the cleaner alone would take half of it.
        properties.putAll(Map.of(
                "log.cleaner.dedupe.buffer.size", "8388608",
                "log.cleaner.threads", "1",
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2",
                "num.recovery.threads.per.data.dir", "2"));
        return new KafkaConfig(properties, false);
    }

    private static String required(Properties settings, String key) {
        String value = settings.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("the setting '" + key + "' is missing");
        }
        return value;
    }
}
