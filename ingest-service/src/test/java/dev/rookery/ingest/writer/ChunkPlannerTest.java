package dev.rookery.ingest.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.ingest.log.BlockKind;
import dev.rookery.ingest.log.EventRecord;
import dev.rookery.ingest.log.EventRecord.Part;
import dev.rookery.ingest.log.RecordFormat;
import dev.rookery.ingest.log.RowBlock;
import dev.rookery.ingest.log.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Chunks")
class ChunkPlannerTest {
    private static final TopicPartition PARTITION = new TopicPartition("events", 2);
    private static final WorkspaceId WORKSPACE = new WorkspaceId(new UUID(1, 1));

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    private static Target target(int source, BlockKind kind, String... columns) {
        String table = (kind == BlockKind.ROWS ? "t_" : "q_") + source;
        return new Target(WORKSPACE, new ResourceId(new UUID(0, source)), "ws_1", table, kind, List.of(columns));
    }

    private void add(long offset, Part... parts) {
        records.add(
                new ConsumerRecord<>("events", 2, offset, null, RecordFormat.encode(new EventRecord(List.of(parts)))));
    }

    private static Part part(Target target, int rows, int bytes) {
        return new Part(target, new RowBlock(new byte[bytes], 0, bytes, rows));
    }

    private List<String> tokens() {
        return ChunkPlanner.plan(PARTITION, records).stream().map(Chunk::token).toList();
    }

    @Test
    @DisplayName(
            "A3: hold the rows of one table and layout in offset order, with a token of topic, partition, offsets, table, layout")
    void grouped() {
        Target one = target(1, BlockKind.ROWS, "a");
        Target wider = target(1, BlockKind.ROWS, "a", "b");
        Target bad = target(1, BlockKind.QUARANTINE, "a");
        Target two = target(2, BlockKind.ROWS, "a");
        add(10, part(one, 1, 5), part(bad, 1, 2));
        add(11, part(two, 1, 1));
        add(12, part(wider, 2, 7));
        add(15, part(one, 3, 6));

        List<Chunk> chunks = ChunkPlanner.plan(PARTITION, records);

        assertThat(chunks)
                .extracting(Chunk::token)
                .containsExactly(
                        "events:2:10-15:t_1:" + one.layoutKey(),
                        "events:2:10-10:q_1:" + bad.layoutKey(),
                        "events:2:11-11:t_2:" + two.layoutKey(),
                        "events:2:12-12:t_1:" + wider.layoutKey());
        assertThat(chunks).extracting(Chunk::rows).containsExactly(4, 1, 1, 2);
        assertThat(chunks.getFirst().body()).hasSize(11);
    }

    @Test
    @DisplayName("rule 1: have at most 500,000 rows")
    void rows() {
        Target one = target(1, BlockKind.ROWS, "a");
        add(0, part(one, 300_000, 1));
        add(1, part(one, 200_000, 1));
        add(2, part(one, 1, 1));

        assertThat(ChunkPlanner.plan(PARTITION, records))
                .extracting(Chunk::first, Chunk::last, Chunk::rows)
                .containsExactly(tuple(0L, 1L, 500_000), tuple(2L, 2L, 1));
    }

    @Test
    @DisplayName("rule 1: have at most 32 MiB")
    void bytes() {
        Target one = target(1, BlockKind.ROWS, "a");
        for (int offset = 0; offset < 35; offset++) {
            add(offset, part(one, 1, 1 << 20));
        }

        assertThat(ChunkPlanner.plan(PARTITION, records))
                .extracting(Chunk::rows)
                .containsExactly(32, 3);
    }

    @Test
    @DisplayName("A1: are the same whenever they are formed from the same range, and different for any other end")
    void repeatable() {
        for (int offset = 0; offset < 20; offset++) {
            add(offset, part(target(offset % 3, BlockKind.ROWS, "a"), 1, offset + 1));
        }
        List<String> first = tokens();

        assertThat(tokens()).isEqualTo(first);
        records.removeLast();
        records.removeLast();
        records.removeLast();
        assertThat(tokens()).doesNotContainAnyElementsOf(first);
    }

    @Test
    @DisplayName("rule 1: are sent as one block, whatever the server's own settings are")
    void oneBlock() {
        add(7, part(target(1, BlockKind.ROWS, "a", "b`c"), 1, 3));
        Chunk chunk = ChunkPlanner.plan(PARTITION, records).getFirst();

        var request = InsertStatement.of(new Delivery(chunk, "t_1"));

        assertThat(request.statement())
                .isEqualTo("INSERT INTO `ws_1`.`t_1` (`a`, `b\\`c`) FORMAT RowBinaryWithDefaults");
        assertThat(request.parameters())
                .containsEntry("insert_deduplication_token", chunk.token())
                .containsEntry("deduplicate_blocks_in_dependent_materialized_views", "1")
                .containsEntry("insert_deduplicate", "1")
                .containsEntry("async_insert", "0")
                .containsEntry("max_partitions_per_insert_block", "12")
                .containsEntry("input_format_parallel_parsing", "0");
        for (String setting :
                new String[] {"max_insert_block_size", "min_insert_block_size_rows", "min_insert_block_size_bytes"}) {
            assertThat(Long.parseLong(request.parameters().getOrDefault(setting, "0")))
                    .as(setting)
                    .isGreaterThan(ChunkPlanner.MAX_ROWS);
        }
    }
}
