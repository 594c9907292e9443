package dev.rookery.ingest.writer;

import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.Sql;
import dev.rookery.ingest.encoding.InsertFormat;
import dev.rookery.ingest.log.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The INSERT of a chunk. A chunk's request is the same on every attempt, in every process. */
final class InsertStatement {
    /** Above the chunk in both directions, so that ClickHouse never cuts it (ALGORITHMS.md 1). */
    private static final String ROWS_ABOVE_CHUNK = Integer.toString(2 * ChunkPlanner.MAX_ROWS);

    private static final String BYTES_ABOVE_CHUNK = Integer.toString(1 << 30);

    private static final Map<String, String> SETTINGS = settings();

    private InsertStatement() {}

    static ClickHouseRequest of(Delivery delivery) {
        Chunk chunk = delivery.chunk();
        Map<String, String> parameters = new HashMap<>(SETTINGS);
        parameters.put("insert_deduplication_token", chunk.token());
        return new ClickHouseRequest(
                into(chunk, Sql.table(chunk.target().database(), delivery.table())),
                chunk.body(),
                parameters,
                Map.of());
    }

    /** The statement that a chunk's bytes follow, for a table of the same columns. */
    static String into(Chunk chunk, String table) {
        Target target = chunk.target();
        return "INSERT INTO %s (%s) FORMAT %s"
                .formatted(table, columns(target), target.kind().format());
    }

    static String columns(Target target) {
        return target.columns().stream().map(Sql::identifier).collect(Collectors.joining(", "));
    }

    /** For every insert that stores something. */
    static Map<String, String> settingsOfInserts() {
        return SETTINGS;
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(InsertFormat.SETTINGS);
        settings.put("async_insert", "0");
        settings.put("insert_deduplicate", "1");
        settings.put("deduplicate_blocks_in_dependent_materialized_views", "1");
        settings.put("max_insert_block_size", ROWS_ABOVE_CHUNK);
        settings.put("max_insert_block_size_bytes", BYTES_ABOVE_CHUNK);
        settings.put("min_insert_block_size_rows", ROWS_ABOVE_CHUNK);
        settings.put("min_insert_block_size_bytes", BYTES_ABOVE_CHUNK);
        settings.put("input_format_parallel_parsing", "0");
        settings.put("max_partitions_per_insert_block", Integer.toString(PartitionGroups.SIZE));
        settings.put("throw_on_max_partitions_per_insert_block", "1");
        return Map.copyOf(settings);
    }
}
