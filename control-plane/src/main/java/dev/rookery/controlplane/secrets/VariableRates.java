package dev.rookery.controlplane.secrets;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.WorkspaceId;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** Requests per second and workspace (E-11), counted by this instance alone. Thread safe. */
final class VariableRates {
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final long NANOS = WINDOW.toNanos();

    private final int limit;
    private final Cache<WorkspaceId, Bucket> buckets = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMinutes(1))
            .maximumSize(100_000)
            .build();

    VariableRates(int limit) {
        this.limit = limit;
    }

    /**
     * Counts a request and tells the client how many are left.
     *
     * @throws ApiException 429 with Retry-After when there were too many
     */
    void take(WorkspaceId workspace, HttpServletResponse response) {
        ConsumptionProbe probe = buckets.get(workspace, _ -> newBucket()).tryConsumeAndReturnRemaining(1);
        response.setHeader("X-RateLimit-Limit", Integer.toString(limit));
        response.setHeader("X-RateLimit-Remaining", Long.toString(probe.getRemainingTokens()));
        response.setHeader("X-RateLimit-Reset", Long.toString(seconds(probe.getNanosToWaitForReset())));
        if (!probe.isConsumed()) {
            throw new ApiException(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "More than %d requests per second for the variables of this workspace".formatted(limit))
                    .withHeader("Retry-After", Long.toString(Math.max(1, seconds(probe.getNanosToWaitForRefill()))));
        }
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, WINDOW))
                .build();
    }

    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, NANOS);
    }
}
