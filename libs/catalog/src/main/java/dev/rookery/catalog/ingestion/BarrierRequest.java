package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a barrier is asked for.
 *
 * @param cluster where the workspace's tables are
 * @param sources at least one; all of the workspace
 * @param kind which critical section it is, such as {@code promotion}; 1 to 40 of a to z and _
 * @param payload all that another process needs to finish it; not shown to anybody
 */
public record BarrierRequest(
        WorkspaceId workspace, ClusterId cluster, Set<ResourceId> sources, String kind, String payload) {
    private static final Pattern KIND = Pattern.compile("[a-z_]{1,40}");

    public BarrierRequest {
        sources = Set.copyOf(sources);
        if (sources.isEmpty() || !KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("a barrier needs data sources and a kind");
        }
    }
}
