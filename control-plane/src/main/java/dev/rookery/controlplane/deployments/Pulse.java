package dev.rookery.controlplane.deployments;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Says again and again, until it is closed, that this process is still at something. */
final class Pulse implements AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    private final CountDownLatch closed = new CountDownLatch(1);

    Pulse(Runnable beat) {
        Thread.ofVirtual().name("pulse").start(() -> run(beat));
    }

    private void run(Runnable beat) {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                beat(beat);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void beat(Runnable beat) {
        try {
            beat.run();
        } catch (DataAccessException e) {
            LOG.warn("Cannot say that the work goes on: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
