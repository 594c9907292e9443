package dev.rookery.ingest.writer;

import dev.rookery.ingest.log.RowBlock;
import dev.rookery.ingest.log.Target;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Rows that ClickHouse stores as one block.
 *
 * @param first offset of the first record with rows of it
 * @param last offset of the last record with rows of it
 * @param blocks in the log's order
 */
record Chunk(TopicPartition partition, Target target, long first, long last, List<RowBlock> blocks) {
    Chunk {
        blocks = List.copyOf(blocks);
    }

    /** Names this chunk in this table for ever (ALGORITHMS.md A, I1). */
    String token() {
        return "%s:%d:%d-%d:%s:%s"
                .formatted(partition.topic(), partition.partition(), first, last, target.table(), target.layoutKey());
    }

    int rows() {
        return blocks.stream().mapToInt(RowBlock::rows).sum();
    }

    /** All rows in order; a new array. */
    byte[] body() {
        ByteBuffer body =
                ByteBuffer.allocate(blocks.stream().mapToInt(RowBlock::length).reduce(0, Math::addExact));
        blocks.forEach(block -> block.writeTo(body));
        return body.array();
    }
}
