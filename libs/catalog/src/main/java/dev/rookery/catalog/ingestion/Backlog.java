package dev.rookery.catalog.ingestion;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits in a lane.
 *
 * @param rows at least 0
 * @param bytes as they are in the log
 * @param oldest when the first of it was accepted; null when nothing waits
 */
public record Backlog(long rows, long bytes, @Nullable Instant oldest) {
    /** Nothing. */
    public static final Backlog NONE = new Backlog(0, 0, null);

    /** Both together. */
    public Backlog plus(Backlog other) {
        Instant first = oldest;
        Instant second = other.oldest;
        Instant least = first == null || (second != null && second.isBefore(first)) ? second : first;
        return new Backlog(rows + other.rows, bytes + other.bytes, least);
    }
}
