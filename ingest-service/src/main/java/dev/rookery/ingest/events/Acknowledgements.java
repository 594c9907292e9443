package dev.rookery.ingest.events;

import dev.rookery.access.web.ApiException;
import dev.rookery.ingest.log.EventLog;
import dev.rookery.ingest.log.RequestKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The records of one request on their way into Kafka. One thread. */
final class Acknowledgements {
    private final EventLog log;
    private final String topic;
    private final byte[] key;
    private final @Nullable Integer partition;
    private @Nullable RequestKey request;
    private final List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>();

    /**
     * @param partition of all of its records; null for the key's own
     * @param request its first record's, where the client has named the request
     */
    Acknowledgements(
            EventLog log, String topic, byte[] key, @Nullable Integer partition, @Nullable RequestKey request) {
        this.log = log;
        this.topic = topic;
        this.key = key;
        this.partition = partition;
        this.request = request;
    }

    /** @throws ApiException at once when an earlier record of the request has failed */
    void send(byte[] record) {
        for (CompletableFuture<RecordMetadata> earlier : sent) {
            if (earlier.isCompletedExceptionally()) {
                throw failed(earlier.exceptionNow());
            }
        }
        RequestKey part = request;
        sent.add(log.append(topic, partition, key, record, part));
        request = part == null ? null : part.next();
    }

    /**
     * Waits for the last acknowledgement.
     *
     * @param patience for all of them together
     * @return where the last record is; empty when there was none
     * @throws ApiException 503 when Kafka does not acknowledge in time, 413 when it refuses a record for its size
     */
    Optional<RecordMetadata> await(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        @Nullable RecordMetadata last = null;
        try {
            for (CompletableFuture<RecordMetadata> one : sent) {
                last = one.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
        return Optional.ofNullable(last);
    }

    private static ApiException failed(Throwable cause) {
        if (cause instanceof RecordTooLargeException) {
            return ApiException.tooLarge("A row is larger than the event log takes; make the row smaller");
        }
        return new ApiException(
                        HttpStatus.SERVICE_UNAVAILABLE, "The rows could not be stored safely in time; send them again")
                .withHeader("Retry-After", "2");
    }
}
