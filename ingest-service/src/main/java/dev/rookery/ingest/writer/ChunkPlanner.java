package dev.rookery.ingest.writer;

import dev.rookery.ingest.log.EventRecord.Part;
import dev.rookery.ingest.log.RecordFormat;
import dev.rookery.ingest.log.RecordFormatException;
import dev.rookery.ingest.log.RowBlock;
import dev.rookery.ingest.log.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Cuts a cycle's records into chunks: by target, in offset order, a new chunk where the next record's rows would exceed a
 * limit. The limits belong to version 1 of the journal and are never changed under it.
 */
final class ChunkPlanner {
    static final int MAX_ROWS = 500_000;
    static final int MAX_BYTES = 32 << 20;

    private ChunkPlanner() {}

    /**
     * The chunks, in the order of their first records.
     *
     * @param records a whole cycle, in offset order
     * @throws RecordFormatException when a record cannot be read
     */
    static List<Chunk> plan(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        List<Chunk> done = new ArrayList<>();
        Map<Target, Open> open = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            for (Part part : RecordFormat.decode(record.value()).parts()) {
                Open chunk = open.get(part.target());
                if (chunk != null && !chunk.hasRoomFor(part.block())) {
                    done.add(chunk.close(partition, part.target()));
                    chunk = null;
                }
                if (chunk == null) {
                    chunk = new Open(record.offset());
                    open.put(part.target(), chunk);
                }
                chunk.add(record.offset(), part.block());
            }
        }
        open.forEach((target, chunk) -> done.add(chunk.close(partition, target)));
        done.sort(java.util.Comparator.comparingLong(Chunk::first));
        return done;
    }

    private static final class Open {
        private final long first;
        private final List<RowBlock> blocks = new ArrayList<>();
        private long last;
        private long rows;
        private long bytes;

        Open(long first) {
            this.first = first;
        }

        boolean hasRoomFor(RowBlock block) {
            return rows + block.rows() <= MAX_ROWS && bytes + block.length() <= MAX_BYTES;
        }

        void add(long offset, RowBlock block) {
            last = offset;
            rows += block.rows();
            bytes += block.length();
            blocks.add(block);
        }

        Chunk close(TopicPartition partition, Target target) {
            return new Chunk(partition, target, first, last, blocks);
        }
    }
}
