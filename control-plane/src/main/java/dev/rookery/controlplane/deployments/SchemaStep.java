package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.StagingRole;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.tables.MaterializedViews;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.PipeNode;
import dev.rookery.sql.RewrittenSql;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Makes the tables and views of a plan in ClickHouse, and has ClickHouse read every node's SQL. No view is hung on a live
 * table: whatever fails, what is live stays as it is. For one plan; not thread safe.
 */
final class SchemaStep {
    /** Reading a statement may compute its scalar subqueries: seconds are plenty, and nobody's deployment waits longer. */
    private static final String LONGEST_STATEMENT = "30";

    private final ClusterConnections connections;
    private final TenantPlace place;
    private final DeploymentPlan plan;
    private final AnnouncedObjects announced;
    private final Project project;

    /** The physical table that serves each data source once the candidate is live. */
    private final Map<String, String> tables = new HashMap<>();

    private final StagingFailures failures;

    SchemaStep(
            ClusterConnections connections,
            WorkspaceSnapshot workspace,
            DeploymentPlan plan,
            AnnouncedObjects objects) {
        this.connections = connections;
        this.place = workspace.place();
        this.plan = plan;
        this.announced = objects;
        this.project = plan.project(Surroundings.of(workspace));
        this.failures = new StagingFailures(place.database());
        plan.datasources().forEach((name, planned) -> {
            PhysicalObject table = announced.tables().get(name);
            tables.put(
                    name, table == null ? Objects.requireNonNull(planned.live()).table() : table.name());
            failures.name(String.valueOf(tables.get(name)), name);
        });
        announced.trials().forEach((name, trial) -> failures.name(trial.name(), name));
        announced.views().forEach((name, view) -> failures.name(view.name(), name));
        objects.staging()
                .values()
                .forEach(named -> named.forEach((name, object) -> failures.name(object.name(), name)));
    }

    /** @throws ProjectException when ClickHouse refuses something */
    void run() {
        announced.tables().forEach(this::createTable);
        announced.trials().forEach(this::createTable);
        failures.throwIfAny();
        Map<String, String> readable = new HashMap<>(tables);
        announced.trials().forEach((name, trial) -> readable.put(name, trial.name()));
        plan.pipes().values().forEach(pipe -> tryOut(pipe, readable));
        failures.throwIfAny();
        plan.views().stream()
                .filter(edge -> announced.views().containsKey(edge.pipe()))
                .filter(edge -> !plan.graph().joinedViews().contains(edge.pipe()))
                .forEach(edge -> createView(
                        edge,
                        Objects.requireNonNull(announced.views().get(edge.pipe()))
                                .name(),
                        table(edge.source()),
                        table(edge.target())));
        createStaging();
        failures.throwIfAny();
    }

    private String table(String datasource) {
        return Objects.requireNonNull(tables.get(datasource), datasource);
    }

    private void createTable(String name, PhysicalObject table) {
        PlannedDatasource planned = planned(name);
        failures.collect(
                planned.source().path(),
                0,
                () -> admin(TableDdl.create(
                        place.database(), table.name(), planned.source().file())));
    }

    private PlannedDatasource planned(String name) {
        return Objects.requireNonNull(plan.datasources().get(name), name);
    }

    /** ClickHouse reads the composed statement and names its columns; nothing runs. */
    private void tryOut(PlannedPipe pipe, Map<String, String> readable) {
        for (PipeNode node : pipe.source().file().nodes()) {
            failures.collect(pipe.source().path(), node.sql().at().line(), () -> {
                try {
                    RewrittenSql composed = composed(pipe, node, readable);
                    connections.text(
                            place.cluster(),
                            ClusterPurpose.GATEWAY,
                            ClickHouseRequest.of("DESCRIBE TABLE (" + composed.text() + "\n)")
                                    .with("role", project.around().roles(place, composed))
                                    .with("max_execution_time", LONGEST_STATEMENT));
                } catch (NodeException e) {
                    if (!e.lacksParameters()) {
                        throw e;
                    }
                }
            });
        }
    }

    private void createStaging() {
        StagingGraph graph = plan.graph();
        for (String name : graph.entries()) {
            createEntry(name, StagingRole.ENTRY);
            if (planned(name).treatment() instanceof Treatment.Make make && make.arriving() != null) {
                createForward(name, make.arriving(), StagingRole.ENTRY, StagingRole.ENTRY_VIEW, table(name));
            }
        }
        for (ViewEdge edge : graph.stagedViews()) {
            createView(
                    edge,
                    announced.staging(StagingRole.STAGE_VIEW, edge.pipe()),
                    staged(edge.source()),
                    staged(edge.target()));
        }
        for (String name : graph.scratch()) {
            failures.collect(
                    planned(name).source().path(),
                    0,
                    () -> admin("CREATE TABLE IF NOT EXISTS %s AS %s"
                            .formatted(
                                    Sql.table(place.database(), announced.staging(StagingRole.SCRATCH, name)),
                                    Sql.table(place.database(), table(name)))));
        }
        for (String name : graph.roots()) {
            createEntry(name, StagingRole.SCRATCH_ENTRY);
            if (planned(name).treatment() instanceof Treatment.Make make && make.copy() != null) {
                createForward(
                        name,
                        make.copy(),
                        StagingRole.SCRATCH_ENTRY,
                        StagingRole.SCRATCH_ENTRY_VIEW,
                        announced.staging(StagingRole.SCRATCH, name));
            }
        }
        for (ViewEdge edge : graph.scratchViews()) {
            StagingRole from = planned(edge.source()).isRebuilt() ? StagingRole.SCRATCH : StagingRole.SCRATCH_ENTRY;
            createView(
                    edge,
                    announced.staging(StagingRole.SCRATCH_VIEW, edge.pipe()),
                    announced.staging(from, edge.source()),
                    announced.staging(StagingRole.SCRATCH, edge.target()));
        }
    }

    /** Where rows of a data source are during staging. */
    private String staged(String datasource) {
        return planned(datasource).isRebuilt() ? table(datasource) : announced.staging(StagingRole.ENTRY, datasource);
    }

    /** Of a data source that keeps its table it has the columns of after, of any other those of before. */
    private void createEntry(String name, StagingRole role) {
        PlannedDatasource planned = planned(name);
        DatasourceFile columns = planned.isRebuilt() && planned.live() != null
                ? planned.live().file()
                : planned.source().file();
        failures.collect(
                planned.source().path(),
                0,
                () -> admin(TableDdl.entry(place.database(), announced.staging(role, name), columns)));
    }

    private void createForward(String name, ForwardQuery query, StagingRole from, StagingRole view, String target) {
        PlannedDatasource planned = planned(name);
        DatasourceFile file = planned.source().file();
        int line = file.forwardQuery() == null ? 0 : file.forwardQuery().at().line();
        failures.collect(
                planned.source().path(),
                line,
                () -> admin(MaterializedViews.create(
                        place,
                        announced.staging(view, name),
                        target,
                        query.over(place.database(), announced.staging(from, name)))));
    }

    private void createView(ViewEdge edge, String view, String source, String target) {
        PlannedPipe pipe = Objects.requireNonNull(plan.pipes().get(edge.pipe()));
        PipeNode node = PlannedPipe.materialized(pipe.source().file()).orElseThrow();
        Map<String, String> physical = new HashMap<>(tables);
        physical.put(edge.source(), source);
        failures.collect(pipe.source().path(), node.sql().at().line(), () -> {
            admin(MaterializedViews.create(place, view, target, compose(pipe, node, physical)));
            requireSource(edge, view, source);
        });
    }

    /** ClickHouse decides which table's rows a view takes; ours must be the same reading. */
    private void requireSource(ViewEdge edge, String view, String source) {
        String found =
                admin("SELECT name FROM system.tables WHERE database = %s AND has(dependencies_table, %s) AND name = %s"
                        .formatted(Sql.literal(place.database()), Sql.literal(view), Sql.literal(source)));
        if (found.isBlank()) {
            throw new NodeException(
                    "It is not clear that '%s' is the data source whose new rows it transforms: name that one first in FROM"
                            .formatted(edge.source()));
        }
    }

    private String compose(PlannedPipe pipe, PipeNode node, Map<String, String> physical) {
        return composed(pipe, node, physical).text();
    }

    private RewrittenSql composed(PlannedPipe pipe, PipeNode node, Map<String, String> physical) {
        return NodeComposer.physical(project, place.database(), physical)
                .compose(pipe.source().file(), node);
    }

    private String admin(String statement) {
        return connections.text(
                place.cluster(),
                ClusterPurpose.ADMIN,
                ClickHouseRequest.of(statement).with("max_execution_time", LONGEST_STATEMENT));
    }
}
