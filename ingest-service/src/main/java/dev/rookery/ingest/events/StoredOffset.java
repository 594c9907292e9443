package dev.rookery.ingest.events;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Up to where a partition is stored, as far as this instance has heard. Thread safe. */
final class StoredOffset {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private long end;

    /** Every record below the offset is stored. */
    void advance(long to) {
        lock.lock();
        try {
            end = Math.max(end, to);
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the record at the offset is stored; false when it was not within the time. */
    boolean await(long offset, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (end <= offset) {
                if (left <= 0) {
                    return false;
                }
                left = advanced.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
