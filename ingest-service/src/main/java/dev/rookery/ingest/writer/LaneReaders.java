package dev.rookery.ingest.writer;

import dev.rookery.ingest.log.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads ranges of partitions again, beside the poll loop. Thread safe; each call borrows a consumer. */
final class LaneReaders implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaClients clients;
    private final Queue<Consumer<byte[], byte[]>> idle = new ConcurrentLinkedQueue<>();

    LaneReaders(KafkaClients clients) {
        this.clients = clients;
    }

    /** Whose records are read: those of a data source, or all. */
    record Key(byte[] bytes) {
        static final Key ANY = new Key(new byte[0]);

        static Key of(dev.rookery.catalog.ResourceId source) {
            return new Key(source.toString().getBytes(StandardCharsets.US_ASCII));
        }

        boolean matches(byte[] key) {
            return bytes.length == 0 || Arrays.equals(bytes, key);
        }
    }

    /**
     * What was read.
     *
     * @param to the offset up to which everything was looked at
     */
    record Range(List<ConsumerRecord<byte[], byte[]>> records, long to) {}

    /**
     * Reads a range whose records are in the log already.
     *
     * @param enough bytes to stop at; at least one record is read
     * @throws StoppedException when the signal comes first
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException when the log no longer has them
     */
    Range read(TopicPartition partition, Key key, long from, long to, long enough, StopSignal stop) {
        Consumer<byte[], byte[]> consumer = borrow();
        boolean whole = false;
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            long bytes = 0;
            while (consumer.position(partition) < to) {
                if (stop.isSet()) {
                    throw new StoppedException();
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() >= to || !key.matches(record.key())) {
                        continue;
                    }
                    records.add(record);
                    bytes += record.value().length;
                    if (bytes >= enough) {
                        whole = true;
                        return new Range(records, record.offset() + 1);
                    }
                }
            }
            whole = true;
            return new Range(records, to);
        } finally {
            giveBack(consumer, whole);
        }
    }

    /** The first offset with a record at or after a time; the given one when there is none before it. */
    long offsetAt(TopicPartition partition, long millis, long latest) {
        Consumer<byte[], byte[]> consumer = borrow();
        boolean whole = false;
        try {
            var found = consumer.offsetsForTimes(java.util.Map.of(partition, millis))
                    .get(partition);
            whole = true;
            return found == null ? latest : Math.min(found.offset(), latest);
        } finally {
            giveBack(consumer, whole);
        }
    }

    @Override
    public void close() {
        for (Consumer<byte[], byte[]> consumer = idle.poll(); consumer != null; consumer = idle.poll()) {
            consumer.close();
        }
    }

    private Consumer<byte[], byte[]> borrow() {
        Consumer<byte[], byte[]> consumer = idle.poll();
        return consumer == null ? clients.follower() : consumer;
    }

    private void giveBack(Consumer<byte[], byte[]> consumer, boolean whole) {
        if (whole) {
            consumer.unsubscribe();
            idle.add(consumer);
        } else {
            consumer.close();
        }
    }
}
