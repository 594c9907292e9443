package dev.rookery.engines;

/** The engines there are. */
public enum EngineKind {
    /** The analytical database. */
    CLICKHOUSE("ClickHouse"),
    /** The catalog's database. */
    POSTGRES("Postgres"),
    /** The event log. */
    KAFKA("Kafka"),
    /** Object storage. */
    S3("S3");

    private final String title;

    EngineKind(String title) {
        this.title = title;
    }

    /** The name as people write it. */
    public String title() {
        return title;
    }

    /** The name of this engine's directory and of its entry in {@code engines.json}. */
    public String key() {
        return switch (this) {
            case CLICKHOUSE -> "clickhouse";
            case POSTGRES -> "postgres";
            case KAFKA -> "kafka";
            case S3 -> "s3";
        };
    }
}
