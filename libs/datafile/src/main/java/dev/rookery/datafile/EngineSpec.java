package dev.rookery.datafile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table engine and its {@code ENGINE_*} options (DFD-6 to DFD-14). An option given as an empty string is absent.
 *
 * @param kind the engine
 * @param sortingKey {@code ORDER BY}, without brackets of its own
 * @param partitionKey {@code PARTITION BY}
 * @param primaryKey {@code PRIMARY KEY}
 * @param samplingKey {@code SAMPLE BY}
 * @param ttl the table's {@code TTL}
 * @param ver ReplacingMergeTree's version column
 * @param isDeleted ReplacingMergeTree's deletion column; acts only with {@code ver} (DFD-11)
 * @param sign the sign column of the collapsing engines
 * @param version VersionedCollapsingMergeTree's version column
 * @param summingColumns what SummingMergeTree adds up, from {@code ENGINE_SUMMING_COLUMNS}
 * @param joinStrictness of the Join engine, such as {@code ANY}
 * @param joinType of the Join engine, such as {@code LEFT}
 * @param keyColumns the Join engine's keys
 * @param settings in the file's order, each name once
 * @param at where {@code ENGINE} stands; no part of equality
 */
public record EngineSpec(
        Kind kind,
        @Nullable Located<String> sortingKey,
        @Nullable Located<String> partitionKey,
        @Nullable Located<String> primaryKey,
        @Nullable Located<String> samplingKey,
        @Nullable Located<String> ttl,
        @Nullable Located<String> ver,
        @Nullable Located<String> isDeleted,
        @Nullable Located<String> sign,
        @Nullable Located<String> version,
        @Nullable Located<String> summingColumns,
        @Nullable Located<String> joinStrictness,
        @Nullable Located<String> joinType,
        @Nullable Located<String> keyColumns,
        List<Setting> settings,
        Position at) {

    /** The engines a data source may have. */
    public enum Kind {
        MERGE_TREE("MergeTree"),
        REPLACING("ReplacingMergeTree"),
        SUMMING("SummingMergeTree"),
        AGGREGATING("AggregatingMergeTree"),
        COLLAPSING("CollapsingMergeTree"),
        VERSIONED_COLLAPSING("VersionedCollapsingMergeTree"),
        JOIN("Join"),
        NULL("Null");

        private final String clickHouseName;

        Kind(String clickHouseName) {
            this.clickHouseName = clickHouseName;
        }

        /** As ClickHouse and datafiles write it. */
        public String clickHouseName() {
            return clickHouseName;
        }

        /** Whether the engine keeps parts, and so has keys and a TTL. */
        public boolean isMergeTree() {
            return this != JOIN && this != NULL;
        }
    }

    /**
     * One pair of {@code ENGINE_SETTINGS}.
     *
     * @param name a ClickHouse MergeTree setting
     * @param value as written, quotes included
     */
    public record Setting(String name, String value) {}

    /** Copies the settings. */
    public EngineSpec {
        settings = List.copyOf(settings);
    }

    /** The engine's name as ClickHouse writes it. */
    public String name() {
        return kind.clickHouseName();
    }

    /** What a file without any {@code ENGINE} line means. */
    public static EngineSpec mergeTree() {
        return new EngineSpec(
                Kind.MERGE_TREE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                Position.NONE);
    }
}
