package dev.rookery.ingest.writer;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many inserts a second this process may begin into one cluster (ALGORITHMS.md 11): its share of what all writers may,
 * by the partitions that it has. Nobody is refused; who comes too soon waits, and so cycles take longer under load and
 * collect more. Thread safe.
 */
final class InsertBudget {
    private static final long SECOND = 1_000_000_000;

    /** So many inserts may begin at once after a pause, as a part of a second's. */
    private static final long BURST = SECOND / 4;

    private record Owned(int mine, int all) {}

    private final int perSecond;
    private final LongSupplier nanoTime;
    private final Map<String, Owned> topics = new HashMap<>();
    private long perInsert;
    private long nextFree;

    /** @param perSecond of all processes together */
    InsertBudget(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.perInsert = SECOND / perSecond;
        this.nextFree = nanoTime.getAsLong() - BURST;
    }

    /** This process has so many of a topic's partitions now. */
    synchronized void owns(String topic, int mine, int all) {
        topics.put(topic, new Owned(mine, all));
        long owned = topics.values().stream().mapToLong(Owned::mine).sum();
        long total = topics.values().stream().mapToLong(Owned::all).sum();
        perInsert = owned == 0 ? SECOND / perSecond : Math.max(1, SECOND * total / (perSecond * owned));
    }

    /** Takes the next place; how long to wait for it, in nanoseconds. */
    synchronized long take() {
        long now = nanoTime.getAsLong();
        if (nextFree - now < -BURST) {
            nextFree = now - BURST;
        }
        long mine = nextFree;
        nextFree = mine + perInsert;
        return Math.max(0, mine - now);
    }
}
