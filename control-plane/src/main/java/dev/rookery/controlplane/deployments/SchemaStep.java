package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;
import dev.rookery.datafile.NodeOutput;
import dev.rookery.datafile.PipeNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes a candidate's tables and views in ClickHouse, and has ClickHouse read every node's SQL. A view is made only when
 * all the rest was found good, and a view of the live deployment goes only when all new ones stand: whatever fails, what
 * is live stays whole. For one candidate; not thread safe.
 */
final class SchemaStep {
    /** Reading a statement may compute its scalar subqueries: seconds are plenty, and nobody's deployment waits longer. */
    private static final String LONGEST_STATEMENT = "30";

    private final ClusterConnections connections;
    private final WorkspaceSnapshot workspace;
    private final TenantPlace place;
    private final DeploymentPlan plan;
    private final Candidate candidate;
    private final Project project;

    /** The physical table of each data source. */
    private final Map<String, String> tables = new HashMap<>();

    private final StagingFailures failures;

    SchemaStep(ClusterConnections connections, WorkspaceSnapshot workspace, DeploymentPlan plan, Candidate candidate) {
        this.connections = connections;
        this.workspace = workspace;
        this.place = workspace.place();
        this.plan = plan;
        this.candidate = candidate;
        this.project = plan.project();
        this.failures = new StagingFailures(place.database());
        plan.datasources().forEach((name, planned) -> {
            PhysicalObject table = candidate.tables().get(name);
            tables.put(name, table == null ? String.valueOf(planned.table()) : table.name());
            failures.name(String.valueOf(tables.get(name)), name);
        });
        candidate.trials().forEach((name, trial) -> failures.name(trial.name(), name));
        candidate.views().forEach((name, view) -> failures.name(view.name(), name));
    }

    /** @throws ProjectException when ClickHouse refuses something */
    void run() {
        candidate.tables().forEach(this::createTable);
        candidate.trials().forEach(this::createTable);
        failures.throwIfAny();
        Map<String, String> readable = new HashMap<>(tables);
        candidate.trials().forEach((name, trial) -> readable.put(name, trial.name()));
        plan.pipes().values().forEach(pipe -> tryOut(pipe, readable));
        failures.throwIfAny();
        candidate.views().forEach(this::createView);
        failures.throwIfAny();
        candidate.views().keySet().forEach(this::dropReplacedView);
    }

    private void createTable(String name, PhysicalObject table) {
        PlannedDatasource planned = plan.datasources().get(name);
        if (planned != null) {
            failures.collect(
                    planned.source().path(),
                    0,
                    () -> admin(TableDdl.create(
                            place.database(), table.name(), planned.source().file())));
        }
    }

    /** ClickHouse reads the composed statement and names its columns; nothing runs. */
    private void tryOut(PlannedPipe pipe, Map<String, String> readable) {
        for (PipeNode node : pipe.source().file().nodes()) {
            failures.collect(pipe.source().path(), node.sql().at().line(), () -> {
                try {
                    connections.text(
                            place.cluster(),
                            ClusterPurpose.GATEWAY,
                            ClickHouseRequest.of("DESCRIBE TABLE (" + compose(pipe, node, readable) + "\n)")
                                    .with("role", place.role())
                                    .with("max_execution_time", LONGEST_STATEMENT));
                } catch (NodeException e) {
                    if (!e.lacksParameters()) {
                        throw e;
                    }
                }
            });
        }
    }

    private void createView(String name, PhysicalObject view) {
        PlannedPipe pipe = plan.pipes().get(name);
        if (pipe == null) {
            return;
        }
        PipeNode node = pipe.materialized().orElseThrow();
        if (!(node.output() instanceof NodeOutput.Materialized output)) {
            throw new IllegalStateException("not a materialized node: " + node.name());
        }
        String target = String.valueOf(tables.get(output.datasource().value()));
        failures.collect(
                pipe.source().path(),
                output.datasource().at().line(),
                () -> admin("CREATE MATERIALIZED VIEW IF NOT EXISTS %s TO %s AS\n%s"
                        .formatted(
                                Sql.table(place.database(), view.name()),
                                Sql.table(place.database(), target),
                                compose(pipe, node, tables))));
    }

    /** In a build, the view that is replaced may read the same table: rows must not go on passing through both. */
    private void dropReplacedView(String name) {
        PipeEntry replaced = workspace.live().pipes().get(name);
        if (replaced != null && replaced.view() != null) {
            admin("DROP VIEW IF EXISTS " + Sql.table(place.database(), replaced.view()));
        }
    }

    private String compose(PlannedPipe pipe, PipeNode node, Map<String, String> physical) {
        return NodeComposer.physical(project, place.database(), physical)
                .compose(pipe.source().file(), node)
                .text();
    }

    private void admin(String statement) {
        connections.text(
                place.cluster(),
                ClusterPurpose.ADMIN,
                ClickHouseRequest.of(statement).with("max_execution_time", LONGEST_STATEMENT));
    }
}
