package dev.rookery.ingest.writer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a data source has in a cycle, one chunk after the other, each until it is stored. Others watch it and may
 * end it between two inserts; an insert under way is never broken off. Run by one thread, watched by any.
 */
final class Attempt implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration SAY_EVERY = Duration.ofMinutes(1);

    private final ChunkInserter inserter;
    private final List<Delivery> deliveries;
    private final Semaphore permits;
    private final InsertBudget budget;
    private final WriterProperties settings;
    private final StopSignal stop = new StopSignal();
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile boolean stored;
    private volatile @Nullable InsertFailure failure;
    private volatile long failingSince;
    private volatile long sendingSince;
    private volatile boolean sending;

    /**
     * @param permits how many inserts may run at once, of this kind
     * @param budget how many may begin in a second
     */
    Attempt(
            ChunkInserter inserter,
            List<Delivery> deliveries,
            Semaphore permits,
            InsertBudget budget,
            WriterProperties settings) {
        this.inserter = inserter;
        this.deliveries = List.copyOf(deliveries);
        this.permits = permits;
        this.budget = budget;
        this.settings = settings;
    }

    @Override
    public void run() {
        try {
            stored = sendAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    /** Ends it before its next insert. */
    void giveUp() {
        stop.set();
    }

    /** Waits; true when it has ended. */
    boolean hasEnded(Duration within) throws InterruptedException {
        return ended.await(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    boolean isStored() {
        return stored;
    }

    /** What went wrong last; empty when the insert under way is the first one, or follows a success. */
    Optional<InsertFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Since when nothing but failures came back. */
    Duration failingFor() {
        return failure == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - failingSince);
    }

    /** How long the insert under way takes. */
    Duration sendingFor() {
        return sending ? Duration.ofNanos(System.nanoTime() - sendingSince) : Duration.ZERO;
    }

    /** When the insert under way began, or the last one; by {@link System#nanoTime}. */
    long sendingSince() {
        return sendingSince;
    }

    private boolean sendAll() throws InterruptedException {
        for (Delivery delivery : deliveries) {
            if (!send(delivery)) {
                return false;
            }
        }
        return true;
    }

    private boolean send(Delivery delivery) throws InterruptedException {
        var complaint = new Complaint(LOG, SAY_EVERY);
        Duration pause = FIRST_PAUSE;
        while (!stop.isSet()) {
            // Before a place is taken, so that nobody who waits for the next second holds one.
            if (stop.within(Duration.ofNanos(budget.take()))) {
                return false;
            }
            Optional<InsertFailure> now = once(delivery);
            if (now.isEmpty()) {
                failure = null;
                return true;
            }
            InsertFailure failed = now.get();
            if (failure == null) {
                failingSince = System.nanoTime();
            }
            failure = failed;
            complaint.warn(failed.passing() ? "insert delayed" : "insert refused", delivery + " " + failed.reason());
            if (stop.within(failed.passing() ? pause : settings.retrySlowly())) {
                return false;
            }
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(settings.retryAtMost()) < 0 ? longer : settings.retryAtMost();
        }
        return false;
    }

    private Optional<InsertFailure> once(Delivery delivery) throws InterruptedException {
        permits.acquire();
        try {
            sendingSince = System.nanoTime();
            sending = true;
            return inserter.insert(delivery);
        } finally {
            sending = false;
            permits.release();
        }
    }
}
