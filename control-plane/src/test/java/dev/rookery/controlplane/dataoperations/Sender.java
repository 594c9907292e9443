package dev.rookery.controlplane.dataoperations;

import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Tenant;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends batches of rows with ids of their own until it is stopped. */
final class Sender implements AutoCloseable {
    /** Its ids begin here: what is replaced is below. */
    static final long FIRST = 1_000_000;

    private static final int BATCH = 50;

    /** Leaves the engines time for other tests. */
    private static final Duration PACE = Duration.ofMillis(20);

    private final Tenant tenant;
    private final AtomicLong acknowledged = new AtomicLong(FIRST);
    private final AtomicLong sent = new AtomicLong(FIRST);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    Sender(Tenant tenant) {
        this.tenant = tenant;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        try {
            while (!stopped.await(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
                Chain.send(tenant, sent.getAndAdd(BATCH), BATCH);
                acknowledged.addAndGet(BATCH);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The end of the ids of which it knows that they are acknowledged. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** The end of the ids that it has begun to send. */
    long sent() {
        return sent.get();
    }

    /** The end of the ids that were sent. */
    long stop() throws InterruptedException {
        stopped.countDown();
        thread.join(Duration.ofMinutes(1));
        ControlPlane.shared().writer(tenant.place().cluster()).awaitIdle();
        return sent.get();
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
