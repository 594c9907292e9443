package dev.rookery.engines.testing;

import dev.rookery.engines.broker.KafkaConnection;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.objectstore.S3Connection;
import dev.rookery.engines.postgres.PostgresConnection;

/**
 * Where the engines that all tests of a JVM share come from: child processes, unless settings choose a provider that
 * {@link java.util.ServiceLoader} finds. Each engine is started by the first call that asks for it and ends with the
 * JVM. Implementations are safe for use by several threads.
 */
public interface EngineProvider {
    /** The name that the settings choose it by, such as {@code containers}. */
    String name();

    /** A ClickHouse server. */
    ClickHouseConnection clickHouse();

    /** A Postgres server, as a user that may create databases. */
    PostgresConnection postgres();

    /** A Kafka cluster. */
    KafkaConnection kafka();

    /** An S3 server. */
    S3Connection s3();

    /** Makes an empty bucket on the S3 server. */
    void createBucket(String name);

    /**
     * Makes the role {@code r<number>}, which reads the databases {@code ws_<number>*}, and gives it to the gateway's
     * user, where the server has no pool of such roles.
     *
     * @param number 1 to 9999
     */
    void prepareWorkspace(int number);
}
