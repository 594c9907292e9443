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

    static ClickHouseRequest of(Chunk chunk) {
        Target target = chunk.target();
        String columns = target.columns().stream().map(Sql::identifier).collect(Collectors.joining(", "));
        String statement = "INSERT INTO %s (%s) FORMAT %s"
                .formatted(
                        Sql.table(target.database(), target.table()),
                        columns,
                        target.kind().format());
        Map<String, String> parameters = new HashMap<>(SETTINGS);
        parameters.put("insert_deduplication_token", chunk.token());
        return new ClickHouseRequest(statement, chunk.body(), parameters, Map.of());
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
        // A body sorted by time may hold years; how many partitions an insert may touch is limited by groups of them
        // (ALGORITHMS.md 6) once these are formed. Until then a refusal would only stop the partition.
        settings.put("max_partitions_per_insert_block", "0");
        return Map.copyOf(settings);
    }
}
