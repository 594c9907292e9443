package dev.rookery.limits.rates;

import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How many requests may come.
 *
 * @param capacity how many at once; at least 1
 * @param tokens how many per period after that; at least 1
 * @param period in which they come back: spread evenly, or for a day all at once at midnight UTC
 */
public record Rate(long capacity, long tokens, Duration period) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    public Rate {
        if (capacity < 1 || tokens < 1 || period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("a rate allows something: " + capacity + ", " + tokens + ", " + period);
        }
    }

    /** The same number at once as per second. */
    public static Rate perSecond(long tokens) {
        return new Rate(tokens, tokens, SECOND);
    }

    /** Fractions of a request per second as well: 0.5 is one every two seconds. */
    public static Rate perSecond(double tokens) {
        long whole = (long) Math.min(tokens, 1e9);
        return tokens >= 1 ? perSecond(whole) : new Rate(1, 1, Duration.ofNanos((long) Math.min(1e9 / tokens, 1e15)));
    }

    /** More at once than per second, as long as there were fewer before (LIM-2). */
    public static Rate bursting(long perSecond, long capacity) {
        return new Rate(capacity, perSecond, SECOND);
    }

    /** For a day from midnight to midnight, UTC (LIM-1). */
    public static Rate perDay(long tokens) {
        return new Rate(tokens, tokens, DAY);
    }

    boolean isDaily() {
        return period.equals(DAY);
    }

    /** When what has been leased at this time comes back anyway. */
    Instant leaseEnd(Instant now) {
        return isDaily() ? now.truncatedTo(ChronoUnit.DAYS).plus(DAY) : now.plus(period);
    }

    BucketConfiguration configuration(Instant now) {
        return BucketConfiguration.builder()
                .addLimit(bandwidth -> {
                    var filled = bandwidth.capacity(capacity);
                    return isDaily()
                            ? filled.refillIntervallyAligned(
                                    tokens,
                                    period,
                                    now.truncatedTo(ChronoUnit.DAYS).plus(DAY))
                            : filled.refillGreedy(tokens, period);
                })
                .build();
    }
}
