package dev.rookery.ingest.events;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.catalog.ResourceId;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many of its topic's partitions a data source's requests go to (ALGORITHMS.md 11): one, so that its inserts are few
 * and large, until it sends more than one partition is to store; then as many as its rate asks for, in turn. Rates are
 * this instance's own, of the second before. Thread safe.
 */
final class Spread {
    private static final long SECOND = 1_000_000_000;

    private final long perPartition;
    private final LongSupplier nanoTime;
    private final Cache<ResourceId, Flow> flows = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMinutes(1))
            .maximumSize(100_000)
            .build();

    /**
     * @param perPartition bytes a second, as JSON
     * @param nanoTime as {@link System#nanoTime}
     */
    Spread(long perPartition, LongSupplier nanoTime) {
        this.perPartition = perPartition;
        this.nanoTime = nanoTime;
    }

    /** By how many partitions the next request is to keep away from the first one; 0 for those who send little. */
    int turn(ResourceId source) {
        return flow(source).turn(nanoTime.getAsLong());
    }

    /** So much has come for the data source. */
    void took(ResourceId source, long bytes) {
        flow(source).took(bytes);
    }

    private Flow flow(ResourceId source) {
        return flows.get(source, _ -> new Flow(perPartition, nanoTime.getAsLong()));
    }

    private static final class Flow {
        private final long perPartition;
        private long since;
        private long bytes;
        private int partitions = 1;
        private int turn;

        Flow(long perPartition, long since) {
            this.perPartition = perPartition;
            this.since = since;
        }

        synchronized int turn(long now) {
            long elapsed = now - since;
            if (elapsed >= SECOND) {
                double rate = bytes * (double) SECOND / elapsed;
                partitions = 1 + (int) Math.min(Short.MAX_VALUE, rate / perPartition);
                since = now;
                bytes = 0;
            }
            turn = (turn + 1) % partitions;
            return turn;
        }

        synchronized void took(long more) {
            bytes += more;
        }
    }
}
