package dev.rookery.catalog.deployments;

import dev.rookery.catalog.DeploymentId;
import dev.rookery.catalog.WorkspaceId;
import java.time.Instant;
import java.util.List;

/**
 * A version of a workspace's resources (DEP-1).
 *
 * @param number what clients call its id
 */
public record Deployment(
        DeploymentId id,
        WorkspaceId workspace,
        int number,
        DeploymentStatus status,
        boolean live,
        Instant createdAt,
        Instant updatedAt,
        List<Feedback> feedback,
        List<ResourceChange> changes) {
    public Deployment {
        feedback = List.copyOf(feedback);
        changes = List.copyOf(changes);
    }
}
