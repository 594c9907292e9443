package dev.rookery.ingest.events;

import dev.rookery.catalog.ResourceId;
import dev.rookery.ingest.log.CommitNotice;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Up to where a partition is stored, as far as this instance has heard. Thread safe. */
final class StoredOffset {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private long end;
    private @Nullable CommitNotice latest;

    /** Takes a notice; they come in the order in which they are true. */
    void advance(CommitNotice notice) {
        lock.lock();
        try {
            end = Math.max(end, notice.end());
            latest = notice;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a data source's record at the offset is stored; false when it was not within the time. */
    boolean await(ResourceId source, long offset, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!isStored(source, offset)) {
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

    private boolean isStored(ResourceId source, long offset) {
        CommitNotice notice = latest;
        return end > offset && notice != null && notice.covers(source, offset);
    }
}
