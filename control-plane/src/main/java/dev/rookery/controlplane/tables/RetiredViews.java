package dev.rookery.controlplane.tables;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.deployments.ResourceStore.Retired;
import dev.rookery.catalog.workspaces.TenantPlace;
import java.time.Duration;

/**
 * Drops a workspace's retired materialized views at once. Unlike a table, nothing reads a view, and one that stays on a
 * table that lives on would go on writing. What cannot be dropped now is left to the reaper. Thread safe.
 */
public final class RetiredViews {
    private final ResourceStore resources;
    private final DroppedObjects objects;

    public RetiredViews(ResourceStore resources, DroppedObjects objects) {
        this.resources = resources;
        this.objects = objects;
    }

    /** Drops those of one workspace. */
    public void drop(WorkspaceId workspace, TenantPlace place) {
        objects.drop(
                place,
                resources.retired(Duration.ZERO).stream()
                        .filter(retired -> retired.workspace().equals(workspace))
                        .map(Retired::object)
                        .filter(object -> object.kind() == PhysicalObject.Kind.VIEW)
                        .toList());
    }
}
