package dev.rookery.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.WorkspaceId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;
import org.springframework.http.HttpStatus;

/**
 * Holds back an endpoint whose queries fail for time or memory while its cluster is short of memory (LIM-29): the fewer
 * succeed, the fewer may run at once (LIM-30), until the errors stop. Counted by each instance for itself, for what the
 * instance sends is what it holds back. Thread safe.
 */
public final class EndpointGuard {
    private static final int MAX_ENDPOINTS = 100_000;

    private final InstantSource clock;
    private final ToDoubleFunction<ClusterId> memory;
    private final Cache<Key, EndpointHealth> endpoints = Caffeine.newBuilder()
            .maximumSize(MAX_ENDPOINTS)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    /** @param memory which share of its memory a cluster uses, from 0 to 1; asked for failing endpoints only */
    public EndpointGuard(InstantSource clock, ToDoubleFunction<ClusterId> memory) {
        this.clock = clock;
        this.memory = memory;
    }

    private record Key(WorkspaceId workspace, String pipe) {}

    /** A call under way. */
    public interface Call {
        /** @param failed whether it took too long or needed too much memory */
        void ended(boolean failed);
    }

    /**
     * Lets a call in; every one that was let in must be ended.
     *
     * @param shortAt the share of memory from which on the cluster is short of it
     * @throws ApiException 429 with Retry-After when as many calls are under way as the endpoint may have now
     */
    public Call enter(WorkspaceId workspace, String pipe, ClusterId cluster, double shortAt) {
        EndpointHealth health = endpoints.get(new Key(workspace, pipe), _ -> new EndpointHealth());
        long second = clock.instant().getEpochSecond();
        if (!health.enter(second, () -> memory.applyAsDouble(cluster) > shortAt)) {
            throw new ApiException(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "Too many requests: the endpoint '%s' fails too often, for time or memory, while the cluster is short of memory"
                                    .formatted(pipe))
                    .withHeader("Retry-After", "1");
        }
        return failed -> health.ended(clock.instant().getEpochSecond(), failed);
    }
}
