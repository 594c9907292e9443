package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStatus;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.jobs.Job;
import dev.rookery.catalog.jobs.JobHandler;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Moves the rows of a deployment in the background. Thread safe. */
final class DeploymentJob implements JobHandler {
    static final String KIND = "deployment";

    private final DeploymentStore deployments;
    private final WorkspaceSnapshots snapshots;
    private final DataMover mover;
    private final DeploymentExecutor executor;

    DeploymentJob(
            DeploymentStore deployments, WorkspaceSnapshots snapshots, DataMover mover, DeploymentExecutor executor) {
        this.deployments = deployments;
        this.snapshots = snapshots;
        this.mover = mover;
        this.executor = executor;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(Job job) {
        candidate(job).ifPresent(candidate -> mover.move(snapshots.refresh(job.workspace()), candidate, true));
    }

    @Override
    public void failed(Job job, String error) {
        candidate(job)
                .ifPresent(candidate -> executor.discard(
                        snapshots.refresh(job.workspace()),
                        candidate,
                        List.of(new ProjectError(null, "Deployment", error))));
    }

    /** The deployment, unless somebody has discarded it. */
    private Optional<Deployment> candidate(Job job) {
        return deployments
                .find(job.workspace(), Objects.requireNonNull(job.deployment()))
                .filter(deployment -> deployment.status() == DeploymentStatus.SCHEMA_READY);
    }
}
