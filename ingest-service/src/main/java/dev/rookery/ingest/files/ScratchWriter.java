package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;
import dev.rookery.ingest.encoding.EncodedBlock;
import dev.rookery.ingest.encoding.InsertFormat;
import dev.rookery.ingest.log.Target;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Inserts rows into a scratch table, a chunk at a time, each once: a retry has the same bytes and token. One thread. */
final class ScratchWriter {
    private static final int CHUNK = 16 << 20;
    private static final int ATTEMPTS = 6;
    private static final int MOST_PARTITIONS = 1_000;
    private static final int TOO_MANY_PARTS = 252;
    private static final Map<String, String> SETTINGS = settings();

    private final ClusterConnections clickHouse;
    private final ScratchTables.Scratch scratch;
    private final String token;
    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    private @Nullable Target target;
    private int chunks;

    /** @param token begins the deduplication token of every chunk; no other writer of the table has it */
    ScratchWriter(ClusterConnections clickHouse, ScratchTables.Scratch scratch, String token) {
        this.clickHouse = clickHouse;
        this.scratch = scratch;
        this.token = token;
    }

    void add(Target of, EncodedBlock block) {
        if (chunk.size() > 0 && chunk.size() + block.bytes().length > CHUNK) {
            finish();
        }
        target = of;
        chunk.writeBytes(block.bytes());
    }

    /** @throws ApiException when ClickHouse does not take the rows */
    void finish() {
        Target rows = target;
        if (rows == null || chunk.size() == 0) {
            return;
        }
        Map<String, String> parameters = new HashMap<>(SETTINGS);
        parameters.put("insert_deduplication_token", token + ":" + chunks);
        String columns = rows.columns().stream().map(Sql::identifier).collect(Collectors.joining(", "));
        insert(new ClickHouseRequest(
                "INSERT INTO %s (%s) FORMAT %s"
                        .formatted(Sql.table(scratch.database(), scratch.name()), columns, InsertFormat.ROWS),
                chunk.toByteArray(),
                parameters,
                Map.of()));
        chunk.reset();
        chunks++;
    }

    private void insert(ClickHouseRequest request) {
        for (int attempt = 1; ; attempt++) {
            try {
                clickHouse.text(scratch.cluster(), ClusterPurpose.WRITER, request);
                return;
            } catch (ClickHouseException e) {
                if (e.code() == TOO_MANY_PARTS || !e.isRetriable() || attempt == ATTEMPTS) {
                    throw e.code() == TOO_MANY_PARTS ? tooManyPartitions() : unavailable(e);
                }
                LockSupport.parkNanos(Duration.ofMillis(250L << attempt).toNanos());
            }
        }
    }

    private static ApiException tooManyPartitions() {
        return ApiException.badRequest(
                "16 MB of the file's rows belong to more than %d partitions; sort the file by the partition key"
                        .formatted(MOST_PARTITIONS));
    }

    static ApiException unavailable(ClickHouseException e) {
        return new ApiException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The database does not take rows at the moment; nothing was replaced, try again",
                        e)
                .withHeader("Retry-After", "10");
    }

    /** One block per chunk, as in every insert that may be repeated (ALGORITHMS.md 1). */
    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(InsertFormat.SETTINGS);
        String above = Integer.toString(1 << 30);
        settings.put("async_insert", "0");
        settings.put("insert_deduplicate", "1");
        settings.put("max_insert_block_size", above);
        settings.put("max_insert_block_size_bytes", above);
        settings.put("min_insert_block_size_rows", above);
        settings.put("min_insert_block_size_bytes", above);
        settings.put("input_format_parallel_parsing", "0");
        settings.put("max_partitions_per_insert_block", Integer.toString(MOST_PARTITIONS));
        settings.put("throw_on_max_partitions_per_insert_block", "1");
        return Map.copyOf(settings);
    }
}
