package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.ResourceId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The plans that follow a barrier. One thread. */
public final class PlanChanges {
    private final Map<ResourceId, WritePlan> plans = new LinkedHashMap<>();

    PlanChanges() {}

    /** From the cut on, the rows of a source of the barrier are stored by this plan. */
    public void put(ResourceId source, WritePlan plan) {
        plans.put(source, plan);
    }

    Map<ResourceId, WritePlan> all() {
        return plans;
    }
}
