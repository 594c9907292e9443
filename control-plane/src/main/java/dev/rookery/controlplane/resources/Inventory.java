package dev.rookery.controlplane.resources;

import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.controlplane.CallerContext;

/**
 * What one request looks at: a workspace, one of its deployments, and how much of it the token may know.
 *
 * @param view the live deployment, or the one that {@code __tb__deployment} names (DEP-14)
 */
record Inventory(WorkspaceSnapshot workspace, DeploymentView view, Visibility visibility, ResourceGraph graph) {

    /** Opens inventories. Thread safe. */
    static final class Reader {
        private final WorkspaceSnapshots snapshots;
        private final NodeReferences references = new NodeReferences();

        Reader(WorkspaceSnapshots snapshots) {
            this.snapshots = snapshots;
        }

        /** @throws ApiException 403 when the token is a person's, 404 when there is no such deployment */
        Inventory open(Caller caller, ClientParameters parameters) {
            Caller.Tenant tenant = CallerContext.tenant(caller);
            WorkspaceSnapshot workspace = snapshots.get(tenant.workspace());
            String deployment = parameters.find("__tb__deployment").orElse(null);
            DeploymentView view = workspace
                    .select(deployment)
                    .orElseThrow(() -> ApiException.notFound("There is no deployment '%s'".formatted(deployment)));
            return new Inventory(
                    workspace,
                    view,
                    new Visibility(tenant),
                    new ResourceGraph(view, workspace.shared().keySet(), references));
        }
    }
}
