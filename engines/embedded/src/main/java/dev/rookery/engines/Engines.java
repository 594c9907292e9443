package dev.rookery.engines;

import dev.rookery.engines.broker.KafkaConnection;
import dev.rookery.engines.broker.KafkaEngine;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.clickhouse.ClickHouseEngine;
import dev.rookery.engines.clickhouse.ClickHouseSettings;
import dev.rookery.engines.objectstore.S3Connection;
import dev.rookery.engines.objectstore.S3Engine;
import dev.rookery.engines.postgres.PostgresConnection;
import dev.rookery.engines.postgres.PostgresEngine;
import dev.rookery.engines.process.DirectoryLock;
import dev.rookery.engines.process.PrivateFiles;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The embedded engines of one data directory, started together.
 *
 * <p>All listen on loopback only. {@code engines.json} in the data directory (mode 600) tells a developer how to reach
 * each. An engine that crashes is started again. Safe for use by several threads.
 */
public final class Engines implements AutoCloseable {
    private final EngineSettings settings;
    private final DirectoryLock lock;
    private final Map<EngineKind, Engine> engines = new EnumMap<>(EngineKind.class);
    private final EngineGroup group;

    private Engines(EngineSettings settings, DirectoryLock lock) {
        this.settings = settings;
        this.lock = lock;
        var ports = new PortMemory(settings.dataDirectory(), settings.ports());
        for (EngineKind kind : EngineKind.values()) {
            if (settings.engines().contains(kind)
                    && !(kind == EngineKind.CLICKHOUSE
                            && settings.externalClickHouse().isPresent())) {
                engines.put(kind, create(kind, ports));
            }
        }
        ports.store();
        group = new EngineGroup(engines, settings.progress());
    }

    /**
     * Starts the engines side by side and returns when all of them serve.
     *
     * @throws EngineException with one clear line when one cannot be started; the others are stopped again
     */
    public static Engines start(EngineSettings settings) {
        PrivateFiles.makeDirectory(settings.dataDirectory());
        DirectoryLock lock = DirectoryLock.acquire(settings.dataDirectory());
        try {
            var engines = new Engines(settings, lock);
            engines.group.start();
            ConnectionsFile.write(engines.connectionsFile(), engines);
            return engines;
        } catch (RuntimeException e) {
            lock.release();
            throw e;
        }
    }

    /**
     * How to reach ClickHouse: the embedded node or the server that the settings name.
     *
     * @throws IllegalStateException when it was not asked for
     */
    public ClickHouseConnection clickHouse() {
        return settings.externalClickHouse()
                .orElseGet(() ->
                        require(EngineKind.CLICKHOUSE, ClickHouseEngine.class).connection());
    }

    /**
     * How to reach Postgres.
     *
     * @throws IllegalStateException when it was not asked for
     */
    public PostgresConnection postgres() {
        return require(EngineKind.POSTGRES, PostgresEngine.class).connection();
    }

    /**
     * How to reach Kafka.
     *
     * @throws IllegalStateException when it was not asked for
     */
    public KafkaConnection kafka() {
        return require(EngineKind.KAFKA, KafkaEngine.class).connection();
    }

    /**
     * How to reach S3.
     *
     * @throws IllegalStateException when it was not asked for
     */
    public S3Connection s3() {
        return require(EngineKind.S3, S3Engine.class).connection();
    }

    /**
     * A running engine, to stop, kill or pause it.
     *
     * @throws IllegalStateException when it was not asked for, or is a server of one's own
     */
    public Engine engine(EngineKind kind) {
        return require(kind, Engine.class);
    }

    /** Which engines run here as child processes. */
    public Map<EngineKind, Engine> all() {
        return Map.copyOf(engines);
    }

    /** The memory that all engines together hold at the moment, in bytes. */
    public long residentBytes() {
        return ResidentMemory.bytes(engines.values());
    }

    /** The file that tells a developer how to reach each engine. */
    public Path connectionsFile() {
        return settings.dataDirectory().resolve("engines.json");
    }

    /** Stops all engines side by side, within seconds. */
    @Override
    public void close() {
        try {
            group.stop();
        } finally {
            lock.release();
        }
    }

    private Engine create(EngineKind kind, PortMemory ports) {
        Path home = settings.dataDirectory().resolve("engines").resolve(kind.key());
        Path log = settings.dataDirectory().resolve("logs").resolve(kind.key() + ".log");
        return switch (kind) {
            case CLICKHOUSE ->
                new ClickHouseEngine(
                        home,
                        log,
                        new ClickHouseSettings(
                                ports.choose(EnginePort.CLICKHOUSE_HTTP),
                                ports.choose(EnginePort.CLICKHOUSE_TCP),
                                settings.clickHouseMemoryBytes(),
                                settings.rolePool()));
            case POSTGRES -> new PostgresEngine(home, log, ports.choose(EnginePort.POSTGRES), true);
            case KAFKA ->
                new KafkaEngine(home, log, ports.choose(EnginePort.KAFKA), ports.choose(EnginePort.KAFKA_CONTROLLER));
            case S3 -> new S3Engine(home, log, ports.choose(EnginePort.S3));
        };
    }

    private <T extends Engine> T require(EngineKind kind, Class<T> type) {
        Engine engine = engines.get(kind);
        if (engine == null) {
            throw new IllegalStateException(kind.title() + " was not asked for");
        }
        return type.cast(engine);
    }
}
