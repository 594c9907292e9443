package dev.rookery.controlplane.branches;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.jobs.Job;
import dev.rookery.catalog.jobs.JobHandler;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.controlplane.deployments.ProjectCopies;

/** Fills a branch: the project first, then rows, each step of which may be repeated. Thread safe. */
final class BranchJob implements JobHandler {
    static final String KIND = "data_branch";

    private final WorkspaceSnapshots snapshots;
    private final ProjectCopies projects;
    private final BranchRows rows;

    BranchJob(WorkspaceSnapshots snapshots, ProjectCopies projects, BranchRows rows) {
        this.snapshots = snapshots;
        this.projects = projects;
        this.rows = rows;
    }

    @Override
    public String task() {
        return KIND;
    }

    @Override
    public void run(Job job) {
        BranchRequest request = BranchRequest.parse(job.request());
        WorkspaceId id = WorkspaceId.parse(request.branch());
        WorkspaceSnapshot parent = snapshots.refresh(job.workspace());
        projects.copy(parent, id);
        WorkspaceSnapshot branch = snapshots.refresh(id);
        BranchData data = BranchData.parse(request.data());
        for (DatasourceEntry target : branch.live().datasources().values()) {
            DatasourceEntry source = parent.live().datasources().get(target.name());
            if (source != null && !request.ignored().contains(target.name())) {
                rows.copy(parent.place(), source, branch.place(), target, data);
            }
        }
    }

    @Override
    public void failed(Job job, String error) {
        // What the branch has by then is of use: it stays until somebody deletes it.
    }
}
