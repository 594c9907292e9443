package dev.rookery.ingest.events;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.ingestion.KeyedRequests;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.NestedRuntimeException;
import org.springframework.http.HttpStatus;

/** Announces to writers that requests with idempotency keys come, before they do. Thread safe. */
final class KeyedTopics {
    private static final long EVERY =
            KeyedRequests.INACCURACY.minus(Duration.ofSeconds(20)).toNanos();

    private final KeyedRequests requests;
    private final Map<String, Long> announced = new ConcurrentHashMap<>();

    KeyedTopics(KeyedRequests requests) {
        this.requests = requests;
    }

    /** @throws ApiException 503 when it cannot be recorded: a repeat might then be stored */
    void announce(String topic) {
        long now = System.nanoTime();
        Long before = announced.get(topic);
        if (before != null && now - before < EVERY) {
            return;
        }
        try {
            requests.record(topic);
        } catch (NestedRuntimeException e) {
            throw new ApiException(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "Idempotency keys cannot be honoured at the moment; send the request again",
                            e)
                    .withHeader("Retry-After", "2");
        }
        announced.put(topic, now);
    }
}
