package dev.rookery.standalone.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between two attempts. */
@FunctionalInterface
interface Pause {
    /** Returns after about that long. */
    void of(Duration duration);

    /** Waits in real time; an interrupt ends the wait, and the demo, with an exception. */
    static Pause real() {
        return duration -> {
            try {
                // Nothing ever counts down: the timeout is the point.
                var _ = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DemoException("interrupted", e);
            }
        };
    }
}
