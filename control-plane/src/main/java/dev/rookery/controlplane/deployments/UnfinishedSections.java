package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.ingestion.AbandonedBarrier;
import dev.rookery.catalog.ingestion.Barriers;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.clickhouse.ClickHouseException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Finishes forks and promotions whose control-plane has died in the middle: their data sources stand still until then.
 * Several at once do no harm.
 */
class UnfinishedSections {
    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedSections.class);

    private final Barriers barriers;
    private final DeploymentStore deployments;
    private final WorkspaceSnapshots snapshots;
    private final DataMover mover;
    private final Promotion promotion;

    UnfinishedSections(
            Barriers barriers,
            DeploymentStore deployments,
            WorkspaceSnapshots snapshots,
            DataMover mover,
            Promotion promotion) {
        this.barriers = barriers;
        this.deployments = deployments;
        this.snapshots = snapshots;
        this.mover = mover;
        this.promotion = promotion;
    }

    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    void finish() {
        try {
            for (AbandonedBarrier barrier : barriers.abandoned()) {
                section(barrier).ifPresent(section -> barriers.finish(barrier, section.section()));
            }
        } catch (DataAccessException | CatalogException | ClickHouseException e) {
            LOG.warn("Cannot finish what was begun yet: {}", e.getMessage());
        }
    }

    /** Empty for sections of other features. */
    private Optional<DeploymentSection> section(AbandonedBarrier barrier) {
        for (DeploymentSection.Kind kind : DeploymentSection.Kind.values()) {
            if (kind.text().equals(barrier.kind())) {
                WorkspaceSnapshot workspace = snapshots.refresh(barrier.workspace());
                Deployment deployment = deployments
                        .find(barrier.workspace(), Integer.parseInt(barrier.payload()))
                        .orElseThrow();
                return Optional.of(
                        switch (kind) {
                            case FORK -> mover.forkSection(workspace, deployment);
                            case PROMOTE -> promotion.section(workspace, deployment);
                        });
            }
        }
        return Optional.empty();
    }
}
