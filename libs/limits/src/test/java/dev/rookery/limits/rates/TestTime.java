package dev.rookery.limits.rates;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. */
final class TestTime implements TimeMeter {
    private final AtomicLong nanos;

    TestTime(Instant start) {
        nanos = new AtomicLong(start.toEpochMilli() * 1_000_000);
    }

    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long currentTimeNanos() {
        return nanos.get();
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
