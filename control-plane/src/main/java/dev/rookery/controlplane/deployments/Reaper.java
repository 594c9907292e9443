package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.deployments.ResourceStore.Retired;
import dev.rookery.catalog.deployments.StagingStore;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.controlplane.tables.DroppedObjects;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Drops tables and views that no deployment uses any more, once no instance can still be reading them: every lease has
 * ended since, and the longest query (ALGORITHMS.md E6); views at once, for nobody reads them. Several at once do no harm.
 */
class Reaper {
    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);

    /** Lease and stale time of an instance, and the longest query. */
    private static final Duration REST = Duration.ofMinutes(3);

    /** Many missed beats: a control-plane that is only slow for a while is not taken for dead. */
    private static final Duration STRANDED = Pulse.EVERY.multipliedBy(12);

    private final ResourceStore resources;
    private final DeploymentStore deployments;
    private final DeploymentExecutor executor;
    private final WorkspaceSnapshots snapshots;
    private final DroppedObjects objects;
    private final TransactionOperations transaction;
    private final StagingStore staging;

    Reaper(
            ResourceStore resources,
            DeploymentStore deployments,
            DeploymentExecutor executor,
            WorkspaceSnapshots snapshots,
            DroppedObjects objects,
            TransactionOperations transaction,
            StagingStore staging) {
        this.resources = resources;
        this.deployments = deployments;
        this.executor = executor;
        this.snapshots = snapshots;
        this.objects = objects;
        this.transaction = transaction;
        this.staging = staging;
    }

    @Scheduled(initialDelayString = "PT30S", fixedDelayString = "PT60S")
    void reap() {
        discardStranded(STRANDED);
        forgetEntries(REST);
        reap(REST);
    }

    /** Ends candidates that nobody works on any more: the control-plane that made them was killed. */
    void discardStranded(Duration age) {
        try {
            deployments.stranded(age).forEach(this::discard);
        } catch (DataAccessException e) {
            LOG.warn("Cannot look for stranded deployments: {}", e.getMessage());
        }
    }

    /** Gives up the entries of live deployments that no row can reach any more. */
    void forgetEntries(Duration margin) {
        try {
            staging.drained(margin)
                    .forEach(entries -> transaction.executeWithoutResult(_ -> {
                        staging.forgetEntriesExcept(entries.deployment(), List.of());
                        resources.retireUnused(entries.workspace());
                    }));
        } catch (DataAccessException e) {
            LOG.warn("Cannot look for drained entries: {}", e.getMessage());
        }
    }

    private void discard(Deployment stranded) {
        try {
            executor.discard(
                    snapshots.get(stranded.workspace()),
                    stranded,
                    List.of(new ProjectError(null, "Deployment", "The deployment was interrupted; deploy again")));
        } catch (CatalogException e) {
            LOG.warn("Cannot discard the deployment {} yet: {}", stranded.id(), e.getMessage());
        }
    }

    void reap(Duration rest) {
        try {
            Set<ClusterId> down = new HashSet<>();
            resources.retired(Duration.ZERO).stream()
                    .filter(retired -> retired.object().kind() == PhysicalObject.Kind.VIEW)
                    .forEach(view -> drop(view, down));
            resources.retired(rest).forEach(retired -> drop(retired, down));
        } catch (DataAccessException e) {
            LOG.warn("Cannot look for retired tables: {}", e.getMessage());
        }
    }

    /** @param down clusters that do not answer: what is on others does not wait for them */
    private void drop(Retired retired, Set<ClusterId> down) {
        try {
            TenantPlace place = snapshots.get(retired.workspace()).place();
            if (!down.contains(place.cluster()) && !objects.drop(place, List.of(retired.object()))) {
                down.add(place.cluster());
            }
        } catch (CatalogException e) {
            LOG.warn("Cannot drop {} yet: {}", retired.object().name(), e.getMessage());
        }
    }
}
