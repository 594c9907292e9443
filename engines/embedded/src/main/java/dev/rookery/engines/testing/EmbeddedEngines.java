package dev.rookery.engines.testing;

import dev.rookery.engines.broker.KafkaConnection;
import dev.rookery.engines.broker.KafkaEngine;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.clickhouse.ClickHouseEngine;
import dev.rookery.engines.objectstore.S3Connection;
import dev.rookery.engines.objectstore.S3Engine;
import dev.rookery.engines.postgres.PostgresConnection;
import dev.rookery.engines.postgres.PostgresEngine;

/** The shared engines as child processes. */
final class EmbeddedEngines implements EngineProvider {
    static final String NAME = "embedded";

    private final StartedOnce<ClickHouseEngine> clickHouse;
    private final StartedOnce<PostgresEngine> postgres;
    private final StartedOnce<KafkaEngine> kafka;
    private final StartedOnce<S3Engine> s3;

    EmbeddedEngines(EngineFactory factory) {
        this.clickHouse = new StartedOnce<>(factory::clickHouse);
        this.postgres = new StartedOnce<>(factory::postgres);
        this.kafka = new StartedOnce<>(factory::kafka);
        this.s3 = new StartedOnce<>(factory::s3);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ClickHouseConnection clickHouse() {
        return clickHouse.get().connection();
    }

    @Override
    public PostgresConnection postgres() {
        return postgres.get().connection();
    }

    @Override
    public KafkaConnection kafka() {
        return kafka.get().connection();
    }

    @Override
    public S3Connection s3() {
        return s3.get().connection();
    }

    @Override
    public void createBucket(String name) {
        s3.get().createBucket(name);
    }

    /** Nothing to do: the node starts with a pool of roles. */
    @Override
    public void prepareWorkspace(int number) {}
}
