package dev.rookery.ingest.writer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells those who wait between attempts that there is no next one. Thread safe. */
final class StopSignal {
    private final CountDownLatch stopped = new CountDownLatch(1);

    void set() {
        stopped.countDown();
    }

    boolean isSet() {
        return stopped.getCount() == 0;
    }

    /** Waits; true as soon as the signal is set. */
    boolean within(Duration pause) throws InterruptedException {
        return stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }
}
