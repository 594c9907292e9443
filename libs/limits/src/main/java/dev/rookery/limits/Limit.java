package dev.rookery.limits;

import java.util.Arrays;
import java.util.Optional;

/** Everything a plan limits. A limit that a plan does not have does not exist for it. */
public enum Limit {
    /** Endpoint and Query API calls of an organization per day, UTC (LIM-1). */
    QUERIES_PER_DAY("queries.per-day", Unit.COUNT),
    /** The same per second, as the plan includes them (LIM-2, BIL-5). */
    QUERIES_PER_SECOND("queries.per-second", Unit.COUNT),
    /** How many may come at once before the rate counts (LIM-2); the rate itself where it is left out. */
    QUERIES_BURST("queries.burst", Unit.COUNT),
    /** The rate up to which calls above the included one are served as overage (LIM-7); none where it is left out. */
    QUERIES_CEILING("queries.ceiling-per-second", Unit.COUNT),
    /** Calls per second with one static token; JWTs bring their own limit (JWT-12). */
    QUERIES_PER_TOKEN("queries.per-second-and-token", Unit.COUNT),
    /** The percentage of its cluster's memory from which on endpoints that fail too often are held back (LIM-29). */
    QUERIES_GUARDED_AT("queries.guarded-at-memory-percent", Unit.COUNT),
    /** How long a query may run (LIM-22). */
    QUERY_TIME("query.time", Unit.SECONDS),
    /** With how many threads of ClickHouse (SQL-7). */
    QUERY_THREADS("query.threads", Unit.COUNT),
    /** The size of a result before it is compressed (LIM-22). */
    QUERY_RESULT("query.result", Unit.BYTES),
    /** The length of a statement that a client sends (LIM-22). */
    QUERY_SQL("query.sql", Unit.BYTES),

    /** Thousandths of a vCPU that queries may use at the same time (LIM-4, LIM-8). */
    VCPU("compute.vcpu-thousandths", Unit.COUNT),
    /** Average storage of a month, in decimal gigabytes (LIM-3). */
    STORAGE("storage.size", Unit.BYTES),

    /** Workspaces of an organization (LIM-11). */
    WORKSPACES("workspaces", Unit.COUNT),
    /** Members of an organization (LIM-11). */
    MEMBERS("members", Unit.COUNT),
    /** Data sources of an organization (LIM-11). */
    DATASOURCES("datasources", Unit.COUNT),
    /** Tokens of a workspace (LIM-15, TOK-20). */
    TOKENS("tokens", Unit.COUNT),
    /** Secrets of a workspace (LIM-15). */
    SECRETS("secrets", Unit.COUNT),
    /** Columns of a data source (LIM-16). */
    COLUMNS("columns", Unit.COUNT),

    /** A request whose body is the file (LIM-17). */
    UPLOAD_BODY("ingest.body", Unit.BYTES),
    /** CSV or NDJSON as a part of a form (LIM-17). */
    UPLOAD_TEXT("ingest.multipart-text", Unit.BYTES),
    /** Parquet as a part of a form (LIM-17). */
    UPLOAD_PARQUET("ingest.multipart-parquet", Unit.BYTES),
    /** A Parquet file behind a URL or in a bucket (LIM-18). */
    FILE_PARQUET("ingest.file-parquet", Unit.BYTES),
    /** Any other file, uncompressed (LIM-18). */
    FILE("ingest.file", Unit.BYTES),
    /** Topics (LIM-19). */
    KAFKA_TOPICS("ingest.kafka-topics", Unit.COUNT),
    /** Partitions that one insert may touch (LIM-20). */
    PARTITIONS_AT_ONCE("ingest.partitions-at-once", Unit.COUNT),
    /** A request of the Events API (LIM-21). */
    EVENTS_BODY("ingest.events-body", Unit.BYTES),
    /** Requests of the Events API per second and data source (LIM-25). */
    EVENTS_PER_SECOND("ingest.events-per-second", Unit.COUNT),
    /** Data sources made from a schema per minute and workspace (LIM-23). */
    CREATES_PER_MINUTE("ingest.creates-per-minute", Unit.COUNT),
    /** Data sources made by sending events, per minute and workspace (LIM-23). */
    EVENTS_CREATES_PER_MINUTE("ingest.events-creates-per-minute", Unit.COUNT),
    /** Appends, replaces and creations from files per minute and workspace, all together (LIM-24). */
    LOADS_PER_MINUTE("ingest.loads-per-minute", Unit.COUNT),

    /** Copy pipes of a workspace (LIM-12). */
    COPY_PIPES("copies.pipes", Unit.COUNT),
    /** Copies running or waiting in a workspace (LIM-12). */
    COPY_JOBS("copies.active-jobs", Unit.COUNT),
    /** How long a copy may run, at most half its period (LIM-12). */
    COPY_TIME("copies.time", Unit.SECONDS),
    /** The shortest period of a scheduled copy (LIM-12). */
    COPY_PERIOD("copies.period", Unit.SECONDS),
    /** Sink pipes of a workspace (LIM-13). */
    SINK_PIPES("sinks.pipes", Unit.COUNT),
    /** Sinks running or waiting in a workspace (LIM-13). */
    SINK_JOBS("sinks.active-jobs", Unit.COUNT),
    /** How long a sink may run (LIM-13). */
    SINK_TIME("sinks.time", Unit.SECONDS),
    /** The shortest period of a scheduled sink (LIM-13). */
    SINK_PERIOD("sinks.period", Unit.SECONDS),
    /** Memory of a sink's query (LIM-13). */
    SINK_MEMORY("sinks.memory", Unit.BYTES),
    /** Deletions running or waiting in a workspace (LIM-14). */
    DELETE_JOBS("deletes.active-jobs", Unit.COUNT);

    /** What a limit's number counts. */
    public enum Unit {
        COUNT,
        BYTES,
        SECONDS
    }

    private final String key;
    private final Unit unit;

    Limit(String key, Unit unit) {
        this.key = key;
        this.unit = unit;
    }

    /** How operators write it, as in the column {@code name}. */
    public String key() {
        return key;
    }

    public Unit unit() {
        return unit;
    }

    /** The limit of that key. */
    public static Optional<Limit> find(String key) {
        return Arrays.stream(values()).filter(limit -> limit.key.equals(key)).findFirst();
    }
}
