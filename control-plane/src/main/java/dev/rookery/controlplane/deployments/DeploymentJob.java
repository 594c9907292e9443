package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStatus;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.StagingStore;
import dev.rookery.catalog.jobs.Job;
import dev.rookery.catalog.jobs.JobHandler;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Moves the rows of a deployment in the background, and makes it live where that was asked for. Thread safe. */
final class DeploymentJob implements JobHandler {
    static final String KIND = "deployment";

    private final DeploymentStore deployments;
    private final WorkspaceSnapshots snapshots;
    private final DataMover mover;
    private final Promotion promotion;
    private final StagingStore staging;
    private final DeploymentExecutor executor;

    DeploymentJob(
            DeploymentStore deployments,
            WorkspaceSnapshots snapshots,
            DataMover mover,
            Promotion promotion,
            StagingStore staging,
            DeploymentExecutor executor) {
        this.deployments = deployments;
        this.snapshots = snapshots;
        this.mover = mover;
        this.promotion = promotion;
        this.staging = staging;
        this.executor = executor;
    }

    @Override
    public String task() {
        return KIND;
    }

    @Override
    public void run(Job job) {
        candidate(job, DeploymentStatus.SCHEMA_READY)
                .ifPresent(candidate -> mover.move(snapshots.refresh(job.workspace()), candidate, true));
        candidate(job, DeploymentStatus.DATA_READY)
                .filter(candidate -> !candidate.live() && staging.isPromotedWhenReady(candidate.id()))
                .ifPresent(candidate -> promotion.promote(snapshots.refresh(job.workspace()), candidate));
    }

    @Override
    public void failed(Job job, String error) {
        deployments
                .find(job.workspace(), Objects.requireNonNull(job.deployment()))
                .filter(candidate -> !candidate.live() && candidate.status() != DeploymentStatus.DELETED)
                .ifPresent(candidate -> executor.discard(
                        snapshots.refresh(job.workspace()),
                        candidate,
                        List.of(new ProjectError(null, "Deployment", error))));
    }

    private Optional<Deployment> candidate(Job job, DeploymentStatus status) {
        return deployments
                .find(job.workspace(), Objects.requireNonNull(job.deployment()))
                .filter(deployment -> deployment.status() == status);
    }
}
