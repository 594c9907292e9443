package dev.rookery.ingest.events;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.ResourceId;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/**
 * Requests per second and data source (EV-16, EV-18), counted by this instance alone. Thread safe.
 */
final class RequestRates {
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final long NANOS = WINDOW.toNanos();

    private final int limit;
    private final Cache<ResourceId, Bucket> buckets = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMinutes(1))
            .maximumSize(100_000)
            .build();

    RequestRates(int limit) {
        this.limit = limit;
    }

    /**
     * Counts a request and tells the client how many are left.
     *
     * @throws ApiException 429 with Retry-After when there were too many
     */
    void take(ResourceId source, HttpServletResponse response) {
        ConsumptionProbe probe = buckets.get(source, _ -> newBucket()).tryConsumeAndReturnRemaining(1);
        response.setHeader("X-RateLimit-Limit", Integer.toString(limit));
        response.setHeader("X-RateLimit-Remaining", Long.toString(probe.getRemainingTokens()));
        response.setHeader("X-RateLimit-Reset", Long.toString(seconds(probe.getNanosToWaitForReset())));
        if (!probe.isConsumed()) {
            throw new ApiException(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "More than %d requests per second for this data source; send more rows per request"
                                    .formatted(limit))
                    .withHeader("Retry-After", Long.toString(Math.max(1, seconds(probe.getNanosToWaitForRefill()))));
        }
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, WINDOW))
                .build();
    }

    /** Clients parse whole numbers only (client-contract.md 1, rule 9). */
    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, NANOS);
    }
}
