package dev.rookery.limits.rates;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Deletes shared buckets that are full again; any number of instances may do so at once. */
public final class BucketReaper implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(BucketReaper.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final SharedBuckets buckets;
    private @Nullable ScheduledExecutorService timer;

    public BucketReaper(SharedBuckets buckets) {
        this.buckets = buckets;
    }

    @Override
    public synchronized void start() {
        if (timer == null) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("bucket-reaper").factory());
            long first = ThreadLocalRandom.current().nextLong(EVERY.toSeconds());
            var _ = started.scheduleWithFixedDelay(this::reap, first, EVERY.toSeconds(), TimeUnit.SECONDS);
            timer = started;
        }
    }

    private void reap() {
        try {
            while (buckets.removeFull() > 0 && isRunning()) {
                // The next thousand.
            }
        } catch (RuntimeException e) {
            LOG.warn("Old rate limit buckets stay until the next time: {}", e.getMessage());
        }
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }
}
