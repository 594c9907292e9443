package dev.rookery.controlplane.tables;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops a workspace's retired materialized views at once. Unlike a table, nothing reads a view, and one that stays on a
 * table that lives on would go on writing. What cannot be dropped now is left to the reaper. Thread safe.
 */
public final class RetiredViews {
    private static final Logger LOG = LoggerFactory.getLogger(RetiredViews.class);

    private final ResourceStore resources;
    private final ClusterConnections connections;

    public RetiredViews(ResourceStore resources, ClusterConnections connections) {
        this.resources = resources;
        this.connections = connections;
    }

    /** Drops those of one workspace. */
    public void drop(WorkspaceId workspace, TenantPlace place) {
        resources.retired(Duration.ZERO).stream()
                .filter(retired -> retired.workspace().equals(workspace))
                .filter(retired -> retired.object().kind() == PhysicalObject.Kind.VIEW)
                .forEach(retired -> drop(place, retired.object().name()));
    }

    private void drop(TenantPlace place, String view) {
        try {
            connections.text(
                    place.cluster(),
                    ClusterPurpose.ADMIN,
                    ClickHouseRequest.of("DROP VIEW IF EXISTS " + Sql.table(place.database(), view)));
        } catch (ClickHouseException e) {
            LOG.warn("Cannot drop the view {} yet: {}", view, e.getMessage());
        }
    }
}
