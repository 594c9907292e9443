package dev.rookery.engines;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Allows so many restarts within a time, and no more. Safe for use by several threads. */
final class RestartLimit {
    static final int RESTARTS = 5;
    static final Duration WITHIN = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final Deque<Long> recent = new ArrayDeque<>();

    RestartLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether one more restart is allowed; if so, it counts. */
    synchronized boolean isAllowed() {
        long now = nanoTime.getAsLong();
        recent.removeIf(time -> now - time > WITHIN.toNanos());
        if (recent.size() >= RESTARTS) {
            return false;
        }
        recent.addLast(now);
        return true;
    }
}
