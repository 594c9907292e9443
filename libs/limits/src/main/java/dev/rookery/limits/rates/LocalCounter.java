package dev.rookery.limits.rates;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;

/** A bucket of this instance alone. */
final class LocalCounter implements Counter {
    private final Rate rate;
    private final Bucket bucket;

    LocalCounter(Rate rate, TimeMeter clock) {
        this.rate = rate;
        Instant now = Instant.ofEpochMilli(clock.currentTimeNanos() / 1_000_000);
        var builder = Bucket.builder().withCustomTimePrecision(clock);
        for (Bandwidth bandwidth : rate.configuration(now).getBandwidths()) {
            builder.addLimit(bandwidth);
        }
        this.bucket = builder.build();
    }

    @Override
    public Verdict take() {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return new Verdict(
                probe.isConsumed(),
                rate.capacity(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForReset()),
                Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
}
