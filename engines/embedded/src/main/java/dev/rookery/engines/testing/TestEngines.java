package dev.rookery.engines.testing;

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
 */
public final class TestEngines {
    private static final TestEngines SHARED = new TestEngines();

    private final EngineFactory factory = new EngineFactory();
    private final StartedOnce<ClickHouseEngine> clickHouse = new StartedOnce<>(factory::clickHouse);
    private final StartedOnce<PostgresEngine> postgres = new StartedOnce<>(factory::postgres);
    private final StartedOnce<KafkaEngine> kafka = new StartedOnce<>(factory::kafka);
    private final StartedOnce<S3Engine> s3 = new StartedOnce<>(factory::s3);
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
                .orElseGet(() -> SHARED.clickHouse.get().connection());
    }

    /** The shared Postgres server's database {@code postgres}. Tests use {@link #newDatabase}. */
    public static PostgresConnection postgres() {
        return SHARED.postgres.get().connection();
    }

    /** A new, empty database on the shared Postgres server. */
    public static PostgresConnection newDatabase() {
        return FreshDatabase.create(postgres(), "test_" + SHARED.databases.incrementAndGet());
    }

    /** The shared Kafka node. Topics are not made by themselves. */
    public static KafkaConnection kafka() {
        return SHARED.kafka.get().connection();
    }

    /** The shared S3 server. */
    public static S3Connection s3() {
        return SHARED.s3.get().connection();
    }

    /** A new, empty bucket on the shared S3 server. */
    public static String newBucket() {
        String name = "test-" + SHARED.buckets.incrementAndGet();
        SHARED.s3.get().createBucket(name);
        return name;
    }

    /**
     * A workspace number that no other test of this JVM has: with it come the role {@code r<number>} and the databases
     * {@code ws_<number>*} of the shared ClickHouse node.
     */
    public static int nextWorkspaceNumber() {
        return SHARED.workspaces.incrementAndGet();
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
}
