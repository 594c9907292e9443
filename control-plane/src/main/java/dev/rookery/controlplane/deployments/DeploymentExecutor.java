package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.ObjectId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.deployments.DeployedResource;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStatus;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.Feedback;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceKind;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.PublicMessage;
import dev.rookery.clickhouse.Sql;
import dev.rookery.datafile.NodeOutput;
import dev.rookery.datafile.PipeNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stages a plan: records the candidate with every table and view it will have, creates them beside the live ones, and
 * tries out every node's SQL on them. Whatever goes wrong, the candidate ends as deleted and leaves nothing that the
 * reaper would not find, for each object was recorded before it was created. Thread safe.
 */
final class DeploymentExecutor {
    private final DeploymentStore deployments;
    private final ResourceStore resources;
    private final ChangeLog changes;
    private final ClusterConnections connections;

    DeploymentExecutor(
            DeploymentStore deployments, ResourceStore resources, ChangeLog changes, ClusterConnections connections) {
        this.deployments = deployments;
        this.resources = resources;
        this.changes = changes;
        this.connections = connections;
    }

    /** A candidate as recorded: its new objects, and which table serves each data source. */
    private record Recorded(
            Deployment deployment, Map<String, PhysicalObject> newTables, Map<String, PhysicalObject> newViews) {}

    /**
     * Brings the plan to the point where it can be promoted.
     *
     * @return the candidate, in the state {@code data_ready}
     * @throws ProjectException when ClickHouse refuses something; the candidate is gone then
     */
    Deployment stage(WorkspaceSnapshot workspace, DeploymentPlan plan) {
        Recorded recorded = changes.commitAndAwait(() -> record(workspace, plan));
        try {
            create(workspace, plan, recorded);
        } catch (ProjectException e) {
            discard(recorded.deployment(), e.errors());
            throw e;
        } catch (RuntimeException e) {
            discard(
                    recorded.deployment(),
                    List.of(new ProjectError(null, "Deployment", "The deployment failed on our side; try again")));
            throw e;
        }
        changes.commitAndAwait(() -> {
            List<ObjectId> created = new ArrayList<>();
            recorded.newTables().values().forEach(object -> created.add(object.id()));
            recorded.newViews().values().forEach(object -> created.add(object.id()));
            resources.activate(workspace.id(), created);
            deployments.setStatus(recorded.deployment(), DeploymentStatus.DATA_READY);
            return created;
        });
        return deployments.find(workspace.id(), recorded.deployment().number()).orElseThrow();
    }

    /** Ends a candidate; the reaper drops its tables in time. */
    void discard(Deployment deployment, List<ProjectError> errors) {
        changes.commitAndAwait(() -> {
            List<Feedback> feedback = new ArrayList<>(deployment.feedback());
            errors.forEach(error -> feedback.add(new Feedback(Feedback.Level.ERROR, error.resource(), error.error())));
            deployments.putFeedback(deployment.id(), feedback);
            deployments.setStatus(deployment, DeploymentStatus.DELETED);
            resources.retireUnused(deployment.workspace());
            return deployment;
        });
    }

    private Recorded record(WorkspaceSnapshot workspace, DeploymentPlan plan) {
        WorkspaceId id = workspace.id();
        Deployment deployment = deployments.createCandidate(id);
        deployments.setStatus(deployment, DeploymentStatus.CREATING_SCHEMA);
        Map<String, PhysicalObject> newTables = new HashMap<>();
        Map<String, PhysicalObject> newViews = new HashMap<>();
        List<DeployedResource> content = new ArrayList<>();
        plan.datasources().forEach((name, planned) -> {
            ResourceId resource = resources.identify(id, ResourceKind.DATASOURCE, name);
            ObjectId object;
            if (planned.isRebuilt()) {
                PhysicalObject table = resources.announce(id, resource, PhysicalObject.Kind.TABLE);
                newTables.put(name, table);
                object = table.id();
            } else {
                object = serving(workspace, resource).id();
            }
            content.add(new DeployedResource(
                    resource, planned.source().path(), planned.source().text(), object));
        });
        plan.pipes().forEach((name, planned) -> {
            ResourceId resource = resources.identify(id, ResourceKind.PIPE, name);
            ObjectId object = null;
            if (planned.needsView()) {
                PhysicalObject view = resources.announce(id, resource, PhysicalObject.Kind.VIEW);
                newViews.put(name, view);
                object = view.id();
            } else if (planned.view() != null) {
                object = serving(workspace, resource).id();
            }
            content.add(new DeployedResource(
                    resource, planned.source().path(), planned.source().text(), object));
        });
        deployments.putResources(deployment.id(), content);
        deployments.putChanges(deployment.id(), plan.changes());
        deployments.putFeedback(deployment.id(), plan.feedback());
        return new Recorded(deployment, newTables, newViews);
    }

    private PhysicalObject serving(WorkspaceSnapshot workspace, ResourceId resource) {
        return resources.serving(workspace.live().id(), resource).orElseThrow();
    }

    private void create(WorkspaceSnapshot workspace, DeploymentPlan plan, Recorded recorded) {
        String database = workspace.place().database();
        Map<String, String> tables = new HashMap<>();
        plan.datasources().forEach((name, planned) -> {
            PhysicalObject table = recorded.newTables().get(name);
            tables.put(name, table == null ? String.valueOf(planned.table()) : table.name());
        });
        Failures failures = new Failures(database, tables);
        recorded.newTables().forEach((name, table) -> {
            PlannedDatasource planned = plan.datasources().get(name);
            if (planned != null) {
                failures.collect(
                        planned.source().path(),
                        0,
                        () -> admin(
                                workspace,
                                TableDdl.create(
                                        database, table.name(), planned.source().file())));
            }
        });
        failures.throwIfAny();
        plan.pipes().values().forEach(pipe -> tryOut(workspace, plan, pipe, tables, failures));
        failures.throwIfAny();
        recorded.newViews().forEach((name, view) -> {
            PlannedPipe planned = plan.pipes().get(name);
            if (planned != null) {
                failures.collect(
                        planned.source().path(), 0, () -> createView(workspace, plan, planned, view.name(), tables));
            }
        });
        failures.throwIfAny();
    }

    /** ClickHouse reads the composed statement and names its columns; nothing runs. */
    private void tryOut(
            WorkspaceSnapshot workspace,
            DeploymentPlan plan,
            PlannedPipe pipe,
            Map<String, String> tables,
            Failures failures) {
        // Columns that are still to be added to a live table cannot be tried out before they are there.
        boolean waits = plan.datasources().values().stream()
                .anyMatch(datasource -> !datasource.addedColumns().isEmpty());
        if (waits) {
            return;
        }
        for (PipeNode node : pipe.source().file().nodes()) {
            failures.collect(pipe.source().path(), node.sql().at().line(), () -> {
                try {
                    String sql = NodeComposer.physical(
                                    plan.project(), workspace.place().database(), tables)
                            .compose(pipe.source().file(), node)
                            .text();
                    connections.text(
                            workspace.place().cluster(),
                            ClusterPurpose.GATEWAY,
                            ClickHouseRequest.of("DESCRIBE TABLE (" + sql + "\n)")
                                    .with("role", workspace.place().role()));
                } catch (NodeException e) {
                    if (!e.lacksParameters()) {
                        throw e;
                    }
                }
            });
        }
    }

    private void createView(
            WorkspaceSnapshot workspace,
            DeploymentPlan plan,
            PlannedPipe pipe,
            String view,
            Map<String, String> tables) {
        String database = workspace.place().database();
        PipeNode node = pipe.materialized().orElseThrow();
        if (!(node.output() instanceof NodeOutput.Materialized output)) {
            throw new IllegalStateException("not a materialized node: " + node.name());
        }
        String target = String.valueOf(tables.get(output.datasource().value()));
        String sql = NodeComposer.physical(plan.project(), database, tables)
                .compose(pipe.source().file(), node)
                .text();
        // In a build, the view this one replaces may read the same table: rows must not pass through both.
        var replaced = workspace.live().pipes().get(pipe.source().file().name());
        if (replaced != null && replaced.view() != null) {
            admin(workspace, "DROP VIEW IF EXISTS " + Sql.table(database, replaced.view()));
        }
        admin(
                workspace,
                "CREATE MATERIALIZED VIEW IF NOT EXISTS %s TO %s AS\n%s"
                        .formatted(Sql.table(database, view), Sql.table(database, target), sql));
    }

    private void admin(WorkspaceSnapshot workspace, String statement) {
        connections.text(workspace.place().cluster(), ClusterPurpose.ADMIN, ClickHouseRequest.of(statement));
    }

    /** What ClickHouse refused, in the tenant's words. */
    private static final class Failures {
        private final String database;
        private final Map<String, String> names = new HashMap<>();
        private final List<ProjectError> errors = new ArrayList<>();

        Failures(String database, Map<String, String> tables) {
            this.database = database;
            tables.forEach((name, table) -> names.put(table, name));
        }

        void collect(String path, int line, Runnable step) {
            try {
                step.run();
            } catch (ClickHouseException e) {
                if (e.code() == ClickHouseException.UNREACHABLE) {
                    throw e;
                }
                errors.add(
                        ProjectError.of(path, line, PublicMessage.of(String.valueOf(e.getMessage()), database, names)));
            } catch (NodeException e) {
                errors.add(ProjectError.of(path, line, String.valueOf(e.getMessage())));
            }
        }

        void throwIfAny() {
            if (!errors.isEmpty()) {
                throw new ProjectException(errors);
            }
        }
    }
}
