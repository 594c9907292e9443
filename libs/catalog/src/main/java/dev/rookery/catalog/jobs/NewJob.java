package dev.rookery.catalog.jobs;

import dev.rookery.catalog.DeploymentId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import org.jspecify.annotations.Nullable;

/**
 * A job to be added; see {@link Job} for its parts.
 *
 * @param request a JSON object, as text
 * @param progress a JSON object, as text
 */
public record NewJob(
        WorkspaceId workspace,
        String kind,
        @Nullable DeploymentId deployment,
        @Nullable ResourceId resource,
        String request,
        String progress,
        boolean cancellable) {
    private static final String NOTHING = "{}";

    /** A job that can not be cancelled, without a request. */
    public static NewJob of(WorkspaceId workspace, String kind) {
        return new NewJob(workspace, kind, null, null, NOTHING, NOTHING, false);
    }

    public NewJob of(DeploymentId ofDeployment) {
        return new NewJob(workspace, kind, ofDeployment, resource, request, progress, cancellable);
    }

    public NewJob on(ResourceId worksOn) {
        return new NewJob(workspace, kind, deployment, worksOn, request, progress, cancellable);
    }

    public NewJob asking(String json) {
        return new NewJob(workspace, kind, deployment, resource, json, progress, cancellable);
    }

    /** What clients read of it before it begins. */
    public NewJob showing(String json) {
        return new NewJob(workspace, kind, deployment, resource, request, json, cancellable);
    }

    /** Its handler calls {@link JobStore#checkCancelled} again and again. */
    public NewJob cancellableInTheMiddle() {
        return new NewJob(workspace, kind, deployment, resource, request, progress, true);
    }
}
