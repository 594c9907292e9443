package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.ingestion.BarrierRequest;
import dev.rookery.catalog.ingestion.Barriers;
import dev.rookery.catalog.ingestion.CriticalSection;
import dev.rookery.catalog.ingestion.Cut;
import dev.rookery.catalog.ingestion.PlanChanges;
import dev.rookery.catalog.ingestion.WritePlan;
import dev.rookery.catalog.operations.DataOperation;
import dev.rookery.catalog.operations.DataOperation.State;
import dev.rookery.catalog.operations.OperationRole;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import java.util.Objects;
import java.util.Set;
import org.springframework.transaction.support.TransactionOperations;

/** Begins to send arriving rows to a replace's new tables too, and ends that again. Thread safe. */
final class Forks {
    /** The kinds under which barriers are recorded. */
    static final String KIND = "data_fork";

    /** The same of a replace of all rows, which needs no clones. */
    static final String WHOLE = "data_fork_whole";

    static final String UNDO = "data_unfork";

    private final Swaps swaps;
    private final Barriers barriers;
    private final TransactionOperations transaction;

    Forks(Swaps swaps, Barriers barriers, TransactionOperations transaction) {
        this.swaps = swaps;
        this.barriers = barriers;
        this.transaction = transaction;
    }

    /** @param whole whether no row of before remains */
    void fork(WorkspaceSnapshot workspace, DataOperation operation, boolean whole) {
        Fork fork = section(workspace, operation, whole);
        run(workspace, operation, fork.sources(), whole ? WHOLE : KIND, fork);
    }

    /** The fork, also for whoever finds it begun. */
    Fork section(WorkspaceSnapshot workspace, DataOperation operation, boolean whole) {
        return new Fork(swaps, transaction, workspace, operation, whole);
    }

    /** Ends an operation that will not be finished: arriving rows do not reach its tables any more. */
    void undo(WorkspaceSnapshot workspace, DataOperation operation) {
        if (operation.state() == State.OPEN) {
            swaps.giveUp(operation.id());
            return;
        }
        Rebuild.endQuery(swaps, workspace, operation);
        run(workspace, operation, sources(workspace, operation), UNDO, undoSection(workspace, operation));
        swaps.seen(workspace);
    }

    CriticalSection undoSection(WorkspaceSnapshot workspace, DataOperation operation) {
        return new CriticalSection() {
            @Override
            public void work(Cut cut) {
                swaps.require(operation);
            }

            @Override
            public void commit(Cut cut, PlanChanges changed) {
                swaps.deployments().lockLive(workspace.id());
                swaps.lock(operation);
                sources(workspace, operation).forEach(source -> {
                    WritePlan plan = swaps.tidy(operation, source);
                    changed.put(source, plan);
                });
                swaps.operations().end(operation.id());
                swaps.resources().retireUnused(workspace.id());
            }
        };
    }

    private Set<ResourceId> sources(WorkspaceSnapshot workspace, DataOperation operation) {
        return swaps.scope(
                        workspace,
                        swaps.operations().objects(operation.id(), OperationRole.SCRATCH).values().stream()
                                .map(PhysicalObject::resource)
                                .map(id -> Objects.requireNonNull(
                                        workspace.live().names().get(id)))
                                .toList())
                .sources(workspace.live());
    }

    private void run(
            WorkspaceSnapshot workspace,
            DataOperation operation,
            Set<ResourceId> sources,
            String kind,
            CriticalSection section) {
        barriers.run(
                new BarrierRequest(
                        workspace.id(),
                        workspace.place().cluster(),
                        sources,
                        kind,
                        operation.id().toString()),
                Swaps.PATIENCE,
                section);
    }
}
