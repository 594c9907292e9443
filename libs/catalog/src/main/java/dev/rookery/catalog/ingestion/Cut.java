package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.ResourceId;
import java.util.Map;

/**
 * Where a barrier cuts: of each data source, in each partition, everything below the offset is stored and nothing else.
 */
public record Cut(Map<ResourceId, Map<LogPartition, Long>> boundaries) {
    public Cut {
        boundaries = Map.copyOf(boundaries);
    }
}
