package dev.rookery.controlplane.dataoperations;

import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Tenant;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Sends batches of rows with ids of their own until it is stopped. */
final class Sender implements AutoCloseable {
    /** Its ids begin here: what is replaced is below. */
    static final long FIRST = 1_000_000;

    private static final int BATCH = 50;

    private final Tenant tenant;
    private final AtomicLong acknowledged = new AtomicLong(FIRST);
    private final AtomicLong sent = new AtomicLong(FIRST);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;

    Sender(Tenant tenant) {
        this.tenant = tenant;
        this.thread = Thread.ofVirtual().start(() -> {
            while (!stopped.get()) {
                Chain.send(tenant, sent.getAndAdd(BATCH), BATCH);
                acknowledged.addAndGet(BATCH);
            }
        });
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
        stopped.set(true);
        thread.join(Duration.ofMinutes(1));
        ControlPlane.shared().writer(tenant.place().cluster()).awaitIdle();
        return sent.get();
    }

    @Override
    public void close() {
        stopped.set(true);
    }
}
