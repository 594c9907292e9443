package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.ingestion.AbandonedBarrier;
import dev.rookery.catalog.ingestion.CriticalSection;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.controlplane.tables.RecordedSections;
import java.util.Optional;

/** Forks and promotions that were begun. */
final class DeploymentSections implements RecordedSections {
    private final DeploymentStore deployments;
    private final WorkspaceSnapshots snapshots;
    private final DataMover mover;
    private final Promotion promotion;

    DeploymentSections(
            DeploymentStore deployments, WorkspaceSnapshots snapshots, DataMover mover, Promotion promotion) {
        this.deployments = deployments;
        this.snapshots = snapshots;
        this.mover = mover;
        this.promotion = promotion;
    }

    @Override
    public Optional<CriticalSection> of(AbandonedBarrier barrier) {
        for (DeploymentSection.Kind kind : DeploymentSection.Kind.values()) {
            if (kind.text().equals(barrier.kind())) {
                WorkspaceSnapshot workspace = snapshots.refresh(barrier.workspace());
                Deployment deployment = deployments
                        .find(barrier.workspace(), Integer.parseInt(barrier.payload()))
                        .orElseThrow();
                return Optional.of(
                        switch (kind) {
                            case FORK ->
                                mover.forkSection(workspace, deployment).section();
                            case PROMOTE ->
                                promotion.section(workspace, deployment).section();
                        });
            }
        }
        return Optional.empty();
    }
}
