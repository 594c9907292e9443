package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ObjectId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.StagingRole;
import dev.rookery.catalog.ingestion.CriticalSection;
import dev.rookery.catalog.ingestion.Cut;
import dev.rookery.catalog.ingestion.PlanChanges;
import dev.rookery.catalog.ingestion.WritePlan;
import dev.rookery.catalog.operations.DataOperation;
import dev.rookery.catalog.operations.OperationRole;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.deployments.LiveViews.Way;
import dev.rookery.controlplane.tables.MaterializedViews;
import dev.rookery.controlplane.tables.SectionStatements;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The critical section that exchanges the tables recorded with an operation for those that are live: views are made anew
 * under names of their own, then pointers and write plans change in one transaction, which also ends the operation. Made
 * from the record alone, so that whoever finds it begun does the same.
 */
final class Swap implements CriticalSection {
    private final Swaps swaps;
    private final WorkspaceSnapshot workspace;
    private final TenantPlace place;
    private final DataOperation operation;
    private final Map<ResourceId, PhysicalObject> tables;
    private final Map<ResourceId, PhysicalObject> views;
    private final Map<ResourceId, PhysicalObject> entryViews;
    private final Map<ResourceId, PhysicalObject> quarantines;
    private final Scope scope;
    private final Map<ResourceId, List<String>> drained = new HashMap<>();

    Swap(Swaps swaps, WorkspaceSnapshot workspace, DataOperation operation) {
        this.swaps = swaps;
        this.workspace = workspace;
        this.place = workspace.place();
        this.operation = operation;
        this.tables = swaps.operations().objects(operation.id(), OperationRole.TABLE);
        this.views = swaps.operations().objects(operation.id(), OperationRole.VIEW);
        this.entryViews = swaps.operations().objects(operation.id(), OperationRole.ENTRY_VIEW);
        this.quarantines = swaps.operations().objects(operation.id(), OperationRole.QUARANTINE);
        this.scope = swaps.scope(
                workspace,
                tables.keySet().stream()
                        .map(id ->
                                Objects.requireNonNull(workspace.live().names().get(id)))
                        .toList());
        sources().forEach(source -> drained.put(source, swaps.drained(source)));
    }

    /** Whose storing it needs stopped. */
    Set<ResourceId> sources() {
        return quarantines.isEmpty() ? scope.sources(workspace.live()) : quarantines.keySet();
    }

    @Override
    public void work(Cut cut) {
        swaps.require(operation);
        SectionStatements statements = swaps.statements(place);
        for (Way way : scope.rehung()) {
            statements.run(MaterializedViews.drop(place, way.view()));
        }
        Map<ResourceId, PhysicalObject> before = swaps.entryViews(workspace);
        entryViews.forEach((source, view) -> {
            PhysicalObject old = before.get(source);
            String select = old == null ? "" : selectOf(statements, old.name());
            // Where the old one is gone, the new one was made before.
            if (!select.isBlank()) {
                statements.run(MaterializedViews.create(place, view.name(), tableOf(source), select));
                statements.run(MaterializedViews.drop(
                        place, Objects.requireNonNull(old).name()));
            }
        });
        Map<String, String> names = new HashMap<>();
        scope.swapped().forEach(name -> names.put(name, tableOf(Scope.idOf(workspace.live(), name))));
        for (Way way : scope.rehung()) {
            String target = names.getOrDefault(
                    way.target(), scope.views().datasource(way.target()).table());
            statements.run(MaterializedViews.create(
                    place,
                    Objects.requireNonNull(views.get(way.pipe())).name(),
                    target,
                    scope.views().select(way, place.database(), names)));
        }
    }

    private String tableOf(ResourceId source) {
        return Objects.requireNonNull(tables.get(source)).name();
    }

    private String selectOf(SectionStatements statements, String view) {
        return statements.run("SELECT as_select FROM system.tables WHERE database = %s AND name = %s FORMAT TSVRaw"
                .formatted(Sql.literal(place.database()), Sql.literal(view)));
    }

    @Override
    public void commit(Cut cut, PlanChanges changed) {
        Deployment live = swaps.deployments().lockLive(workspace.id());
        swaps.lock(operation);
        List<ObjectId> created = new ArrayList<>();
        Map<ResourceId, WritePlan> plans = new HashMap<>();
        sources().forEach(source -> plans.put(source, swaps.tidy(operation, source)));
        tables.forEach((source, table) -> {
            DatasourceEntry entry = entry(source);
            exchange(live, source, table);
            swaps.resources().takeOverQuarantine(table, entry.quarantineName());
            plans.computeIfPresent(source, (_, plan) -> plan.redirected(entry.table(), table.name()));
            created.add(table.id());
        });
        scope.rehung().forEach(way -> {
            PhysicalObject view = Objects.requireNonNull(views.get(way.pipe()));
            exchange(live, way.pipe(), view);
            created.add(view.id());
        });
        entryViews.values().forEach(view -> {
            swaps.staging().exchange(live.id(), StagingRole.ENTRY_VIEW, view);
            created.add(view.id());
        });
        quarantines.forEach((source, quarantine) -> {
            PhysicalObject table = swaps.resources().serving(live.id(), source).orElseThrow();
            swaps.resources().takeOverQuarantine(table, quarantine.name());
            plans.computeIfPresent(
                    source, (_, plan) -> plan.redirected(entry(source).quarantineName(), quarantine.name()));
            created.add(quarantine.id());
        });
        plans.forEach(
                (source, plan) -> changed.put(source, plan.withoutAccepted(drained.getOrDefault(source, List.of()))));
        swaps.resources().activate(workspace.id(), created);
        swaps.operations().end(operation.id());
        swaps.resources().retireUnused(workspace.id());
    }

    private void exchange(Deployment live, ResourceId resource, PhysicalObject after) {
        PhysicalObject before = swaps.resources().serving(live.id(), resource).orElseThrow();
        if (!swaps.resources().exchange(live.id(), before.id(), after.id())) {
            throw new CatalogException(CatalogException.Kind.CONFLICT, "Another deployment has gone live meanwhile");
        }
    }

    private DatasourceEntry entry(ResourceId source) {
        return workspace.live().datasource(source.toString()).orElseThrow();
    }
}
