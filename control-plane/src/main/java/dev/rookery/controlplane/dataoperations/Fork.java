package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.ObjectId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.PhysicalObject.Kind;
import dev.rookery.catalog.ingestion.CriticalSection;
import dev.rookery.catalog.ingestion.Cut;
import dev.rookery.catalog.ingestion.PlanChanges;
import dev.rookery.catalog.operations.DataOperation;
import dev.rookery.catalog.operations.DataOperation.State;
import dev.rookery.catalog.operations.OperationRole;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.deployments.LiveViews.Way;
import dev.rookery.controlplane.tables.MaterializedViews;
import dev.rookery.controlplane.tables.SectionStatements;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The critical section from which on arriving rows are stored in a replace's new tables as well. What is stored at its cut
 * is kept as clones. Every attempt makes tables and views of its own: one that was given up too early, and goes on beside
 * its successor, cannot touch what receives rows by then.
 */
final class Fork implements CriticalSection {
    private final Swaps swaps;
    private final TransactionOperations transaction;
    private final WorkspaceSnapshot workspace;
    private final TenantPlace place;
    private final DataOperation operation;
    private final boolean whole;
    private final Scope scope;

    /** Those whose rows get into replaced ones by views. */
    private final Set<String> feeders;

    private final Map<OperationRole, Map<ResourceId, PhysicalObject>> made = new EnumMap<>(OperationRole.class);

    Fork(
            Swaps swaps,
            TransactionOperations transaction,
            WorkspaceSnapshot workspace,
            DataOperation operation,
            boolean whole) {
        this.swaps = swaps;
        this.transaction = transaction;
        this.workspace = workspace;
        this.place = workspace.place();
        this.operation = operation;
        this.whole = whole;
        this.scope = swaps.scope(
                workspace,
                swaps.operations().objects(operation.id(), OperationRole.SCRATCH).keySet().stream()
                        .map(id ->
                                Objects.requireNonNull(workspace.live().names().get(id)))
                        .toList());
        this.feeders = new HashSet<>(scope.views().upstream(scope.swapped()));
        scope.swapped().forEach(feeders::remove);
    }

    Set<ResourceId> sources() {
        return scope.sources(workspace.live());
    }

    private List<Way> inner() {
        return scope.rehung().stream().filter(scope::isInner).toList();
    }

    /** The views by which rows of feeders get to each other, and to what is replaced. */
    private List<Way> feeding() {
        return scope.views().ways().stream()
                .filter(way -> feeders.contains(way.source()))
                .filter(way -> feeders.contains(way.target()) || scope.swapped().contains(way.target()))
                .toList();
    }

    @Override
    public void work(Cut cut) {
        swaps.require(operation);
        transaction.executeWithoutResult(_ -> announce());
        SectionStatements statements = swaps.statements(place);
        Map<String, String> after = new HashMap<>();
        for (String name : scope.swapped()) {
            DatasourceEntry entry = scope.views().datasource(name);
            after.put(name, name(OperationRole.TABLE, entry.id()));
            statements.run("CREATE TABLE IF NOT EXISTS %s AS %s"
                    .formatted(table(name(OperationRole.TABLE, entry.id())), table(entry.table())));
            if (!whole) {
                statements.run("CREATE OR REPLACE TABLE %s CLONE AS %s"
                        .formatted(table(name(OperationRole.REMAINDER, entry.id())), table(entry.table())));
            }
        }
        for (Way way : inner()) {
            hang(statements, way, OperationRole.VIEW, after);
        }
        for (String name : feeders) {
            DatasourceEntry entry = scope.views().datasource(name);
            after.put(name, name(OperationRole.ENTRY, entry.id()));
            statements.run("CREATE TABLE IF NOT EXISTS %s AS %s ENGINE = Null"
                    .formatted(table(name(OperationRole.ENTRY, entry.id())), table(entry.table())));
        }
        for (Way way : feeding()) {
            hang(statements, way, OperationRole.STAGE_VIEW, after);
        }
    }

    private void hang(SectionStatements statements, Way way, OperationRole role, Map<String, String> tables) {
        Map<String, String> read = new HashMap<>(tables);
        // What a view only looks up is as it is now: an entry keeps no rows.
        feeders.stream().filter(name -> !name.equals(way.source())).forEach(read::remove);
        statements.run(MaterializedViews.create(
                place,
                name(role, way.pipe()),
                Objects.requireNonNull(tables.get(way.target())),
                scope.views().select(way, place.database(), read)));
    }

    private void announce() {
        made.clear();
        for (String name : scope.swapped()) {
            ResourceId source = Scope.idOf(workspace.live(), name);
            announce(OperationRole.TABLE, source, Kind.TABLE);
            if (!whole) {
                announce(OperationRole.REMAINDER, source, Kind.TABLE);
            }
        }
        inner().forEach(way -> announce(OperationRole.VIEW, way.pipe(), Kind.VIEW));
        feeders.forEach(name -> announce(OperationRole.ENTRY, Scope.idOf(workspace.live(), name), Kind.TABLE));
        feeding().forEach(way -> announce(OperationRole.STAGE_VIEW, way.pipe(), Kind.VIEW));
    }

    private void announce(OperationRole role, ResourceId resource, Kind kind) {
        made.computeIfAbsent(role, _ -> new HashMap<>()).put(resource, swaps.announce(operation, role, resource, kind));
    }

    private String name(OperationRole role, ResourceId resource) {
        return Objects.requireNonNull(made.getOrDefault(role, Map.of()).get(resource))
                .name();
    }

    private String table(String name) {
        return Sql.table(place.database(), name);
    }

    @Override
    public void commit(Cut cut, PlanChanges changed) {
        swaps.deployments().lockLive(workspace.id());
        swaps.lock(operation);
        List<ObjectId> created = new ArrayList<>();
        made.forEach((role, objects) -> objects.values().forEach(object -> {
            swaps.operations().put(operation.id(), role, object);
            created.add(object.id());
        }));
        swaps.resources().activate(workspace.id(), created);
        String graph = Swaps.graphOf(operation);
        for (String name : scope.views().upstream(scope.swapped())) {
            DatasourceEntry entry = scope.views().datasource(name);
            String other = name(feeders.contains(name) ? OperationRole.ENTRY : OperationRole.TABLE, entry.id());
            changed.put(entry.id(), swaps.tidy(operation, entry.id()).alsoTo(entry.table(), graph, other));
        }
        swaps.operations().setState(operation.id(), State.FORKED);
    }
}
