package dev.rookery.engines;

import java.util.Locale;

/** The ports the engines listen on, with the ones they prefer. */
public enum EnginePort {
    /** ClickHouse's HTTP interface. */
    CLICKHOUSE_HTTP(7191),
    /** ClickHouse's native interface. */
    CLICKHOUSE_TCP(7192),
    /** Postgres. */
    POSTGRES(7193),
    /** Kafka's clients. */
    KAFKA(7194),
    /** Kafka's controller, used by the broker itself. */
    KAFKA_CONTROLLER(7195),
    /** S3. */
    S3(7196);

    private final int preferred;

    EnginePort(int preferred) {
        this.preferred = preferred;
    }

    /** The port that is taken when it is free and no other was asked for or remembered. */
    public int preferred() {
        return preferred;
    }

    /** The name under which a data directory remembers it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
