package dev.rookery.controlplane.dataoperations;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.operations.DataOperation;
import dev.rookery.catalog.operations.OperationRole;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.deployments.LiveViews;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionOperations;

/** Empties data sources and their quarantines (DS-15): they go on with empty tables. Thread safe. */
final class Truncation {
    private final WorkspaceSnapshots snapshots;
    private final Swaps swaps;
    private final TransactionOperations transaction;

    Truncation(WorkspaceSnapshots snapshots, Swaps swaps, TransactionOperations transaction) {
        this.snapshots = snapshots;
        this.swaps = swaps;
        this.transaction = transaction;
    }

    /**
     * Removes every row that was acknowledged before the call, and none that is accepted after it returns.
     *
     * @param nameOrId of a data source, or the name of its quarantine
     * @param cascade also of all data sources that its rows get to through materialized views
     * @throws ApiException 404
     * @throws CatalogException CONFLICT, UNAVAILABLE when nothing has happened
     */
    void truncate(WorkspaceId id, String nameOrId, boolean cascade) {
        WorkspaceSnapshot workspace = snapshots.refresh(id);
        Optional<DatasourceEntry> entry = workspace.live().datasource(nameOrId);
        if (entry.isPresent()) {
            List<String> names = List.of(entry.get().name());
            LiveViews views = LiveViews.of(workspace);
            truncate(workspace, entry.get(), cascade ? views.downstream(names) : names);
        } else {
            truncateQuarantine(workspace, Datasources.ofQuarantine(workspace.live(), nameOrId));
        }
    }

    private void truncate(WorkspaceSnapshot workspace, DatasourceEntry entry, List<String> names) {
        Scope scope = swaps.scope(workspace, names);
        DataOperation operation = begin(
                workspace, entry, scope.claims(workspace.live()), begun -> swaps.announce(workspace, begun, scope));
        finish(operation, OperationRole.TABLE);
    }

    private void truncateQuarantine(WorkspaceSnapshot workspace, DatasourceEntry entry) {
        if (entry.quarantineTable() == null) {
            return;
        }
        DataOperation operation = begin(
                workspace,
                entry,
                Set.of(entry.id()),
                begun -> swaps.operations()
                        .put(
                                begun.id(),
                                OperationRole.QUARANTINE,
                                swaps.resources().announceEmptyQuarantine(workspace.id(), entry.id())));
        finish(operation, OperationRole.QUARANTINE);
    }

    private DataOperation begin(
            WorkspaceSnapshot workspace,
            DatasourceEntry entry,
            Set<ResourceId> claims,
            Consumer<DataOperation> announce) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            Deployment live = swaps.deployments().lockLive(workspace.id());
            if (!live.id().equals(workspace.live().id())) {
                throw new CatalogException(
                        CatalogException.Kind.CONFLICT, "A deployment has just gone live; try again");
            }
            DataOperation begun =
                    swaps.operations().begin(workspace.id(), entry.id(), DataOperation.Kind.TRUNCATE, null, claims);
            announce.accept(begun);
            return begun;
        }));
    }

    private void finish(DataOperation operation, OperationRole role) {
        try {
            // Read again: until it had claimed them, another operation may have exchanged the same tables.
            WorkspaceSnapshot workspace = snapshots.refresh(operation.workspace());
            String database = workspace.place().database();
            swaps.operations().objects(operation.id(), role).forEach((source, made) -> {
                DatasourceEntry entry =
                        workspace.live().datasource(source.toString()).orElseThrow();
                String like = role == OperationRole.QUARANTINE ? entry.quarantineName() : entry.table();
                swaps.statements(workspace.place())
                        .run("CREATE TABLE IF NOT EXISTS %s AS %s"
                                .formatted(Sql.table(database, made.name()), Sql.table(database, like)));
            });
            swaps.run(workspace, operation);
        } catch (RuntimeException e) {
            giveUp(operation, e);
            throw e;
        }
    }

    private void giveUp(DataOperation operation, RuntimeException cause) {
        try {
            swaps.giveUp(operation.id());
        } catch (RuntimeException e) {
            // Whoever finds it begun finishes it.
            cause.addSuppressed(e);
        }
    }
}
