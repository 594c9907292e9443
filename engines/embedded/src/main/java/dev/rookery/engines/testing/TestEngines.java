package dev.rookery.engines.testing;

import dev.rookery.engines.EngineKind;
import dev.rookery.engines.broker.KafkaConnection;
import dev.rookery.engines.broker.KafkaEngine;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.clickhouse.ClickHouseEngine;
import dev.rookery.engines.clickhouse.ExternalClickHouse;
import dev.rookery.engines.objectstore.S3Connection;
import dev.rookery.engines.objectstore.S3Engine;
import dev.rookery.engines.postgres.PostgresConnection;
import dev.rookery.engines.postgres.PostgresEngine;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The engines for tests: one of each per JVM, started when first asked for, on free ports, in a temporary directory
 * that is deleted when the JVM ends. Safe for use by tests that run in parallel.
 *
 * <p>Tests share them: each makes databases, topics and buckets with names of its own and leaves them behind. A test
 * that kills or pauses an engine takes a dedicated one.
 *
 * <p>The shared engines are child processes, or what {@link EngineProvider} the settings choose (the Maven profile
 * {@code containers}). The dedicated ones are child processes always, since tests send them signals.
 */
public final class TestEngines {
    private static final TestEngines SHARED = new TestEngines();

    private final EngineFactory factory = new EngineFactory();
    private final EngineProviders providers = EngineProviders.ofSystemProperties(factory);
    private final AtomicInteger workspaces = new AtomicInteger();
    private final AtomicInteger databases = new AtomicInteger();
    private final AtomicInteger buckets = new AtomicInteger();

    private TestEngines() {}

    /** The engines that all tests of this JVM share. Nothing is started by this call. */
    public static TestEngines shared() {
        return SHARED;
    }

    /** The shared ClickHouse node, or the server that {@code ROOKERY_CLICKHOUSE_URL} names. */
    public static ClickHouseConnection clickHouse() {
        return ExternalClickHouse.configured()
                .orElseGet(() -> provider(EngineKind.CLICKHOUSE).clickHouse());
    }

    /** The shared Postgres server's database {@code postgres}. Tests use {@link #newDatabase}. */
    public static PostgresConnection postgres() {
        return provider(EngineKind.POSTGRES).postgres();
    }

    /** A new, empty database on the shared Postgres server. */
    public static PostgresConnection newDatabase() {
        return FreshDatabase.create(postgres(), "test_" + SHARED.databases.incrementAndGet());
    }

    /** The shared Kafka node. Topics are not made by themselves. */
    public static KafkaConnection kafka() {
        return provider(EngineKind.KAFKA).kafka();
    }

    /** The shared S3 server. */
    public static S3Connection s3() {
        return provider(EngineKind.S3).s3();
    }

    /** A new, empty bucket on the shared S3 server. */
    public static String newBucket() {
        String name = "test-" + SHARED.buckets.incrementAndGet();
        provider(EngineKind.S3).createBucket(name);
        return name;
    }

    /**
     * A workspace number that no other test of this JVM has: with it come the role {@code r<number>} and the databases
     * {@code ws_<number>*} of the shared ClickHouse node.
     */
    public static int nextWorkspaceNumber() {
        int number = SHARED.workspaces.incrementAndGet();
        if (ExternalClickHouse.configured().isEmpty()) {
            provider(EngineKind.CLICKHOUSE).prepareWorkspace(number);
        }
        return number;
    }

    /** A ClickHouse node of one's own, started, for a test that kills, pauses or restarts it. Closed by the caller. */
    public static ClickHouseEngine newClickHouse() {
        return EngineFactory.started(SHARED.factory.clickHouse());
    }

    /** A Postgres server of one's own, started. Closed by the caller. */
    public static PostgresEngine newPostgres() {
        return EngineFactory.started(SHARED.factory.postgres());
    }

    /** A Kafka node of one's own, started. Closed by the caller. */
    public static KafkaEngine newKafka() {
        return EngineFactory.started(SHARED.factory.kafka());
    }

    /** An S3 server of one's own, started. Closed by the caller. */
    public static S3Engine newS3() {
        return EngineFactory.started(SHARED.factory.s3());
    }

    private static EngineProvider provider(EngineKind kind) {
        return SHARED.providers.of(kind);
    }
}
