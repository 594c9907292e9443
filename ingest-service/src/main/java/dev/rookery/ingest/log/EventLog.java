package dev.rookery.ingest.log;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
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

    /**
     * Appends a record; blocks while Kafka is so slow that the buffer is full.
     *
     * @param key records of one key keep their order
     * @param request which part of a request that the client has named it is; null where it has not
     * @return done when all in-sync replicas have the record; fails with Kafka's exception
     */
    public CompletableFuture<RecordMetadata> append(
            String topic, byte[] key, byte[] value, @Nullable RequestKey request) {
        CompletableFuture<RecordMetadata> acknowledged = new CompletableFuture<>();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
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
