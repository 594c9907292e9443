package dev.rookery.limits.rates;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Counts requests: for itself while this is the only instance, out of shared buckets when there are more. When a second one
 * comes counting starts anew, which lets at most one window more through; days are always counted in shared buckets, and
 * so survive a restart. Thread safe.
 */
public final class RateLimiter {
    private static final int MAX_COUNTERS = 200_000;

    private final SharedBuckets shared;
    private final IntSupplier replicas;

    /** A day's count must outlive a quiet night. */
    private final Cache<Key, Counter> counters = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofHours(25))
            .maximumSize(MAX_COUNTERS)
            .build();

    /** @param replicas how many instances count together; asked for every request */
    public RateLimiter(SharedBuckets shared, IntSupplier replicas) {
        this.shared = shared;
        this.replicas = replicas;
    }

    private record Key(String name, Rate rate, int replicas) {}

    /**
     * Counts one request.
     *
     * @param name what is counted, such as {@code organization:…}; must not hold a token's text
     */
    public Verdict take(String name, Rate rate) {
        return counters.get(new Key(name, rate, replicas.getAsInt()), this::counter)
                .take();
    }

    private Counter counter(Key key) {
        return key.replicas() == 1 && !key.rate().isDaily()
                ? new LocalCounter(key.rate(), shared.clock())
                : new LeasedCounter(key.rate(), shared.bucket(key.name(), key.rate()), key.replicas(), shared.clock());
    }
}
