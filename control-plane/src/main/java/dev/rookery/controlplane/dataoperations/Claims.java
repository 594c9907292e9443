package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.jobs.Job;
import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.operations.DataOperation;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionOperations;

/** How operations begin that jobs do. Thread safe. */
final class Claims {
    private final Swaps swaps;
    private final TransactionOperations transaction;

    Claims(Swaps swaps, TransactionOperations transaction) {
        this.swaps = swaps;
        this.transaction = transaction;
    }

    /**
     * Begins an operation for a job.
     *
     * @param announce records what it will make, in the same transaction
     * @throws JobFailedException when a deployment is in progress, whose end nobody can foresee
     * @throws CatalogException CONFLICT when another operation must end first: the job is tried again
     */
    DataOperation begin(
            WorkspaceSnapshot workspace,
            Job job,
            DataOperation.Kind kind,
            Set<ResourceId> claims,
            Consumer<DataOperation> announce) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            Deployment live = swaps.deployments().lockLive(workspace.id());
            if (swaps.deployments().candidate(workspace.id()).isPresent()) {
                throw new JobFailedException("There is a deployment in progress; promote or discard it, and try again");
            }
            if (!live.id().equals(workspace.live().id())) {
                throw new CatalogException(CatalogException.Kind.CONFLICT, "A deployment has just gone live");
            }
            DataOperation begun = swaps.operations()
                    .begin(workspace.id(), Objects.requireNonNull(job.resource()), kind, job.id(), claims);
            announce.accept(begun);
            return begun;
        }));
    }

    /** The job's workspace; empty when it was deleted meanwhile, with all its tables. */
    static Optional<WorkspaceSnapshot> find(WorkspaceSnapshots snapshots, Job job) {
        try {
            return Optional.of(snapshots.refresh(job.workspace()));
        } catch (CatalogException e) {
            if (e.kind() == CatalogException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
