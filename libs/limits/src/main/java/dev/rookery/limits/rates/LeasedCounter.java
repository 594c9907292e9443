package dev.rookery.limits.rates;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.BucketProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This instance's part of a bucket that several share (ALGORITHMS.md 20). Tokens are taken out of it in leases, so that
 * most requests ask nobody: together the instances never pass more than the bucket gives, and what lies unused in leases
 * is at most a tenth of it. While the bucket cannot be reached, the instance counts its own share of the rate alone.
 */
final class LeasedCounter implements Counter {
    private static final Logger LOG = LoggerFactory.getLogger(LeasedCounter.class);
    private static final int LEASED_SHARE = 10;
    private static final Duration ALONE = Duration.ofSeconds(2);

    private final Rate rate;
    private final BucketProxy shared;
    private final TimeMeter clock;
    private final long lease;
    private final LocalCounter alone;

    /** Under it one request fetches a lease while those behind it wait for that. */
    private final ReentrantLock lock = new ReentrantLock();

    private long leased;
    private long leaseEnd;
    private long behind;
    private long resetAt;
    private long emptyUntil;
    private long aloneUntil;

    LeasedCounter(Rate rate, BucketProxy shared, int replicas, TimeMeter clock) {
        this.rate = rate;
        this.shared = shared;
        this.clock = clock;
        this.lease = Math.max(1, rate.capacity() / LEASED_SHARE / replicas);
        this.alone = new LocalCounter(
                new Rate(Math.max(1, rate.capacity() / replicas), Math.max(1, rate.tokens() / replicas), rate.period()),
                clock);
    }

    @Override
    public Verdict take() {
        lock.lock();
        try {
            long now = clock.currentTimeNanos();
            if (now < aloneUntil) {
                return alone.take();
            }
            if (leased > 0 && now < leaseEnd) {
                leased--;
                return passed(now);
            }
            if (now < emptyUntil) {
                return refused(now);
            }
            return renew(now);
        } finally {
            lock.unlock();
        }
    }

    private Verdict renew(long now) {
        try {
            VerboseResult<Long> got = shared.asVerbose().tryConsumeAsMuchAsPossible(lease);
            behind = got.getDiagnostics().getAvailableTokens();
            resetAt = now + got.getDiagnostics().calculateFullRefillingTime();
            if (got.getValue() == 0) {
                emptyUntil = now
                        + Math.max(1_000_000, shared.estimateAbilityToConsume(1).getNanosToWaitForRefill());
                leased = 0;
                return refused(now);
            }
            leased = got.getValue() - 1;
            leaseEnd = nanos(rate.leaseEnd(Instant.ofEpochMilli(now / 1_000_000)));
            return passed(now);
        } catch (RuntimeException e) {
            LOG.warn("A shared rate limit cannot be reached; this instance counts alone: {}", e.getMessage());
            aloneUntil = now + ALONE.toNanos();
            return alone.take();
        }
    }

    private static long nanos(Instant instant) {
        return instant.toEpochMilli() * 1_000_000;
    }

    private Verdict passed(long now) {
        Duration reset = Duration.ofNanos(Math.max(0, resetAt - now));
        return new Verdict(true, rate.capacity(), leased + behind, reset, Duration.ZERO);
    }

    private Verdict refused(long now) {
        Duration wait = Duration.ofNanos(Math.max(0, emptyUntil - now));
        return new Verdict(false, rate.capacity(), 0, Duration.ofNanos(Math.max(0, resetAt - now)), wait);
    }
}
