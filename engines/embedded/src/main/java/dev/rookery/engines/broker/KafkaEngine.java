package dev.rookery.engines.broker;

import dev.rookery.engines.Engine;
import dev.rookery.engines.EngineException;
import dev.rookery.engines.EngineKind;
import dev.rookery.engines.kafka.KafkaBrokerMain;
import dev.rookery.engines.process.ChildJvm;
import dev.rookery.engines.process.ChildProcess;
import dev.rookery.engines.process.FreePorts;
import dev.rookery.engines.process.Launch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One Kafka node (KRaft: controller and broker in one process) without authentication, on loopback only. */
public final class KafkaEngine extends Engine {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final int port;
    private final int controllerPort;

    /**
     * A node that is not started yet.
     *
     * @param home its directory
     * @param log the file for its output
     * @param port where clients connect
     * @param controllerPort used by the node itself
     */
    public KafkaEngine(Path home, Path log, int port, int controllerPort) {
        super(EngineKind.KAFKA, home, log);
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /** How to reach the node. */
    public KafkaConnection connection() {
        return new KafkaConnection("127.0.0.1:" + port);
    }

    @Override
    protected Launch prepare() {
        FreePorts.requireFree(port, "Kafka");
        FreePorts.requireFree(controllerPort, "Kafka's controller");
        return ChildJvm.launch(
                KafkaBrokerMain.class,
                ChildJvm.classPath(KafkaBrokerMain.class, "/META-INF/rookery/kafka.classpath"),
                List.of(
                        "-Xmx256m",
                        "-Xss512k",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:MaxDirectMemorySize=64m",
                        "-XX:ErrorFile=" + log() + ".crash",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dorg.slf4j.simpleLogger.showDateTime=true",
                        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX"),
                List.of(),
                Map.of(
                        "directory", home().resolve("log").toString(),
                        "port", String.valueOf(port),
                        "controllerPort", String.valueOf(controllerPort)));
    }

    @Override
    protected void awaitReady(ChildProcess started) {
        if (!ChildJvm.answersReady(started, START_LIMIT)) {
            throw new EngineException(explain(started));
        }
    }

    private String explain(ChildProcess ended) {
        String output = ended.output();
        if (output.contains("Address already in use")) {
            return FreePorts.busyMessage(port, "Kafka");
        }
        return "Kafka did not start: " + ended.lastWords() + " (see " + log() + ")";
    }
}
