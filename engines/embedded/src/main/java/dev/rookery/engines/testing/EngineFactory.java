package dev.rookery.engines.testing;

import dev.rookery.engines.Engine;
import dev.rookery.engines.broker.KafkaEngine;
import dev.rookery.engines.clickhouse.ClickHouseEngine;
import dev.rookery.engines.clickhouse.ClickHouseSettings;
import dev.rookery.engines.objectstore.S3Engine;
import dev.rookery.engines.postgres.PostgresEngine;
import dev.rookery.engines.process.FreePorts;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes engines in this JVM's temporary directory, and ends those that still run when the JVM ends. */
final class EngineFactory {
    private static final long NO_MEMORY_LIMIT = 0;

    private final AtomicInteger number = new AtomicInteger();
    private final TemporaryHome homes = new TemporaryHome();

    ClickHouseEngine clickHouse() {
        Path home = next("clickhouse");
        return homes.owned(new ClickHouseEngine(
                home,
                log(home),
                new ClickHouseSettings(
                        FreePorts.choose(0),
                        FreePorts.choose(0),
                        NO_MEMORY_LIMIT,
                        ClickHouseSettings.DEFAULT_ROLE_POOL)));
    }

    PostgresEngine postgres() {
        Path home = next("postgres");
        return homes.owned(new PostgresEngine(home, log(home), FreePorts.choose(0), false));
    }

    KafkaEngine kafka() {
        Path home = next("kafka");
        return homes.owned(new KafkaEngine(home, log(home), FreePorts.choose(0), FreePorts.choose(0)));
    }

    S3Engine s3() {
        Path home = next("s3");
        return homes.owned(new S3Engine(home, log(home), FreePorts.choose(0)));
    }

    static <T extends Engine> T started(T engine) {
        engine.start();
        return engine;
    }

    private Path next(String name) {
        return homes.directory().resolve(name + "-" + number.incrementAndGet());
    }

    private static Path log(Path home) {
        return home.resolveSibling(home.getFileName() + ".log");
    }
}
