package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.catalog.snapshot.SnapshotLoader;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;
import dev.rookery.datafile.Column;
import java.util.List;

/**
 * Makes a staged deployment live: adds the columns it wants to tables it keeps (which the old deployment does not notice),
 * swaps the catalog's pointers and the datafile tokens in one transaction, and answers when every live instance has seen
 * it. Thread safe.
 */
final class Promotion {
    private final DeploymentStore deployments;
    private final ResourceStore resources;
    private final SnapshotLoader snapshots;
    private final DatafileTokens tokens;
    private final ChangeLog changes;
    private final ClusterConnections connections;
    private final RetiredViews views;

    Promotion(
            DeploymentStore deployments,
            ResourceStore resources,
            SnapshotLoader snapshots,
            DatafileTokens tokens,
            ChangeLog changes,
            ClusterConnections connections,
            RetiredViews views) {
        this.deployments = deployments;
        this.resources = resources;
        this.snapshots = snapshots;
        this.tokens = tokens;
        this.changes = changes;
        this.connections = connections;
        this.views = views;
    }

    /** @param candidate in the state {@code data_ready} */
    void promote(WorkspaceSnapshot workspace, Deployment candidate) {
        DeploymentView next = snapshots.view(candidate.id(), candidate.number());
        addColumns(workspace, next);
        changes.commitAndAwait(() -> {
            Deployment live = deployments.lockLive(workspace.id());
            deployments.promote(live, candidate);
            tokens.apply(
                    workspace.id(),
                    DatafileTokens.wanted(
                            next.datasources().values().stream()
                                    .map(DatasourceEntry::file)
                                    .toList(),
                            next.pipes().values().stream().map(PipeEntry::file).toList()));
            resources.retireUnused(workspace.id());
            return live;
        });
        views.drop(workspace.id(), workspace.place());
    }

    private void addColumns(WorkspaceSnapshot workspace, DeploymentView next) {
        for (DatasourceEntry entry : next.datasources().values()) {
            DatasourceEntry before = workspace.live().datasources().get(entry.name());
            if (before != null && before.table().equals(entry.table())) {
                List<Column> columns = entry.file().columns();
                for (Column column : columns.subList(before.file().columns().size(), columns.size())) {
                    addColumn(workspace, entry.table(), column);
                }
            }
        }
    }

    /** A promotion that came this far and no further, of a deployment that was discarded then, leaves its column behind. */
    private void addColumn(WorkspaceSnapshot workspace, String table, Column column) {
        String database = workspace.place().database();
        String type =
                run(workspace, """
                SELECT type FROM system.columns WHERE database = %s AND table = %s AND name = %s
                """.formatted(Sql.literal(database), Sql.literal(table), Sql.literal(column.name())));
        if (!type.isEmpty() && !type.equals(TableDdl.type(column))) {
            run(
                    workspace,
                    "ALTER TABLE %s DROP COLUMN IF EXISTS %s"
                            .formatted(Sql.table(database, table), Sql.identifier(column.name())));
        }
        run(workspace, TableDdl.addColumn(database, table, column));
    }

    private String run(WorkspaceSnapshot workspace, String statement) {
        return connections.text(workspace.place().cluster(), ClusterPurpose.ADMIN, ClickHouseRequest.of(statement));
    }
}
