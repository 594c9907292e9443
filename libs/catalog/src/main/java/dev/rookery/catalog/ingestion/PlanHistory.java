package dev.rookery.catalog.ingestion;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The plans of a data source in one partition: a function of the offset, for ever (ALGORITHMS.md I2). Immutable.
 */
public final class PlanHistory {
    /** Of a data source without plans. */
    public static final PlanHistory NONE = new PlanHistory(Map.of());

    private final NavigableMap<Long, WritePlan> plans;

    PlanHistory(Map<Long, WritePlan> plans) {
        this.plans = new TreeMap<>(plans);
    }

    /** The plan for a chunk that begins at the offset; no chunk begins below and ends at or above a plan's start. */
    public WritePlan at(long offset) {
        Map.Entry<Long, WritePlan> entry = plans.floorEntry(offset);
        return entry == null ? WritePlan.AS_ACCEPTED : entry.getValue();
    }
}
