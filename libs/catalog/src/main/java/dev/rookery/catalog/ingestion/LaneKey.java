package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.ResourceId;

/**
 * Which lane of a partition is meant.
 *
 * @param graph which of the plan's statements it sends
 */
public record LaneKey(ResourceId source, String graph) {
    /** The tables and views that serve. */
    public static final String LIVE = "live";

    /** All of them: the lane waits for a barrier. */
    public static final String ALL = "*";

    /** Whether it waits for a barrier. */
    public boolean isHold() {
        return graph.equals(ALL);
    }
}
