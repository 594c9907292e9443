package dev.rookery.ingest.log;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Appends to Kafka. Thread safe. */
public final class EventLog implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final Duration closeWithin;

    EventLog(Producer<byte[], byte[]> producer, Duration closeWithin) {
        this.producer = producer;
        this.closeWithin = closeWithin;
    }

    /** The partition that comes so many after the key's own; null while Kafka does not say how many there are. */
    public @Nullable Integer partition(String topic, byte[] key, int further) {
        try {
            int all = producer.partitionsFor(topic).size();
            return (BuiltInPartitioner.partitionForKey(key, all) + further) % all;
        } catch (KafkaException unknown) {
            return null;
        }
    }

    /**
     * Appends a record; blocks while Kafka is so slow that the buffer is full.
     *
     * @param partition null for the key's own
     * @param key records of one key keep their order within a partition
     * @param request which part of a request that the client has named it is; null where it has not
     * @return done when all in-sync replicas have the record; fails with Kafka's exception
     */
    public CompletableFuture<RecordMetadata> append(
            String topic, @Nullable Integer partition, byte[] key, byte[] value, @Nullable RequestKey request) {
        CompletableFuture<RecordMetadata> acknowledged = new CompletableFuture<>();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, key, value);
        if (request != null) {
            record.headers().add(RequestKey.header(), request.toBytes());
        }
        try {
            var _ = producer.send(record, (metadata, failure) -> {
                if (failure != null) {
                    acknowledged.completeExceptionally(failure);
                } else {
                    acknowledged.complete(metadata);
                }
            });
        } catch (KafkaException refused) {
            acknowledged.completeExceptionally(refused);
        }
        return acknowledged;
    }

    @Override
    public void close() {
        producer.close(closeWithin);
    }
}
