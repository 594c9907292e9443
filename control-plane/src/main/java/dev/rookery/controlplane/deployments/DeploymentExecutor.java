package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.ObjectId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.deployments.DeployedResource;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStatus;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.Feedback;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceKind;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.deployments.StagingRole;
import dev.rookery.catalog.deployments.StagingStore;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.controlplane.workspaces.TenantSpace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
    private final RetiredViews views;
    private final TenantSpace space;
    private final StagingStore staging;

    DeploymentExecutor(
            DeploymentStore deployments,
            ResourceStore resources,
            ChangeLog changes,
            ClusterConnections connections,
            RetiredViews views,
            TenantSpace space,
            StagingStore staging) {
        this.deployments = deployments;
        this.resources = resources;
        this.changes = changes;
        this.connections = connections;
        this.views = views;
        this.space = space;
        this.staging = staging;
    }

    /**
     * Makes everything that the plan needs in ClickHouse.
     *
     * @return the candidate: {@code data_ready}, or {@code schema_ready} when rows must be moved first
     * @throws ProjectException when ClickHouse refuses something; the candidate is gone then
     * @throws CatalogException CONFLICT when there is a candidate already, or somebody discards this one meanwhile
     */
    Deployment stage(WorkspaceSnapshot workspace, DeploymentPlan plan) {
        Candidate candidate = changes.commitAndAwait(() -> record(workspace, plan));
        try {
            // There already, unless the control-plane was killed while it made the workspace.
            space.create(workspace.place());
            new SchemaStep(connections, workspace, plan, candidate).run();
        } catch (ProjectException e) {
            discard(workspace, candidate.deployment(), e.errors());
            throw e;
        } catch (RuntimeException e) {
            discard(
                    workspace,
                    candidate.deployment(),
                    List.of(new ProjectError(null, "Deployment", "The deployment failed on our side; try again")));
            throw e;
        }
        return changes.commitAndAwait(() -> {
            deployments.lockLive(workspace.id());
            // Somebody may have discarded it while its tables were made; they are the reaper's then.
            if (current(candidate.deployment()).status() != DeploymentStatus.CREATING_SCHEMA) {
                throw new CatalogException(Kind.CONFLICT, "The deployment was discarded while it was being made");
            }
            resources.activate(workspace.id(), candidate.serving());
            boolean waits = plan.graph().movesRows();
            deployments.setStatus(
                    candidate.deployment(), waits ? DeploymentStatus.SCHEMA_READY : DeploymentStatus.DATA_READY);
            return current(candidate.deployment());
        });
    }

    /**
     * Ends a candidate, also one whose maker has died; the reaper drops its tables in time.
     *
     * @throws CatalogException CONFLICT when it has gone live meanwhile
     */
    void discard(WorkspaceSnapshot workspace, Deployment deployment, List<ProjectError> errors) {
        changes.commitAndAwait(() -> {
            deployments.lockLive(workspace.id());
            Deployment current = current(deployment);
            if (current.live()) {
                throw new CatalogException(Kind.CONFLICT, "Deployment %d has gone live".formatted(deployment.number()));
            }
            if (current.status() != DeploymentStatus.DELETED) {
                List<Feedback> feedback = new ArrayList<>(current.feedback());
                errors.forEach(
                        error -> feedback.add(new Feedback(Feedback.Level.ERROR, error.resource(), error.error())));
                deployments.putFeedback(deployment.id(), feedback);
                deployments.setStatus(deployment, DeploymentStatus.DELETED);
                resources.retireUnused(deployment.workspace());
            }
            return current;
        });
        views.drop(workspace.id(), workspace.place());
    }

    private Deployment current(Deployment deployment) {
        return deployments.find(deployment.workspace(), deployment.number()).orElseThrow();
    }

    private Candidate record(WorkspaceSnapshot workspace, DeploymentPlan plan) {
        WorkspaceId id = workspace.id();
        if (!deployments.lockLive(id).id().equals(workspace.live().id())) {
            throw new CatalogException(Kind.CONFLICT, "Another deployment has just gone live; try again");
        }
        Deployment deployment = deployments.createCandidate(id);
        deployments.setStatus(deployment, DeploymentStatus.CREATING_SCHEMA);
        Map<String, PhysicalObject> newTables = new HashMap<>();
        Map<String, PhysicalObject> newViews = new HashMap<>();
        Map<String, PhysicalObject> trials = new HashMap<>();
        List<DeployedResource> content = new ArrayList<>();
        plan.datasources().forEach((name, planned) -> {
            ResourceId resource = resources.identify(id, ResourceKind.DATASOURCE, name);
            ObjectId object = switch (planned.treatment()) {
                case Treatment.Make _ -> {
                    PhysicalObject table = resources.announce(id, resource, PhysicalObject.Kind.TABLE);
                    newTables.put(name, table);
                    yield table.id();
                }
                case Treatment.Keep keep -> {
                    if (!keep.alterations().isEmpty()) {
                        trials.put(name, resources.announce(id, resource, PhysicalObject.Kind.TABLE));
                    }
                    yield serving(workspace, resource).id();
                }
            };
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
        staging.putMovements(deployment.id(), plan.movements());
        return new Candidate(deployment, newTables, newViews, recordStaging(deployment, plan), trials);
    }

    private Map<StagingRole, Map<String, PhysicalObject>> recordStaging(Deployment deployment, DeploymentPlan plan) {
        Map<StagingRole, Map<String, PhysicalObject>> recorded = new EnumMap<>(StagingRole.class);
        StagingGraph graph = plan.graph();
        Predicate<String> isMade =
                name -> Objects.requireNonNull(plan.datasources().get(name)).isRebuilt();
        announce(recorded, deployment, StagingRole.ENTRY, graph.entries().stream());
        announce(
                recorded,
                deployment,
                StagingRole.ENTRY_VIEW,
                graph.entries().stream().filter(isMade));
        announce(
                recorded,
                deployment,
                StagingRole.STAGE_VIEW,
                graph.stagedViews().stream().map(ViewEdge::pipe));
        announce(recorded, deployment, StagingRole.CLONE, graph.roots().stream());
        announce(recorded, deployment, StagingRole.SCRATCH_ENTRY, graph.roots().stream());
        announce(
                recorded,
                deployment,
                StagingRole.SCRATCH_ENTRY_VIEW,
                graph.roots().stream().filter(isMade));
        announce(
                recorded,
                deployment,
                StagingRole.SCRATCH_VIEW,
                graph.scratchViews().stream().map(ViewEdge::pipe));
        announce(recorded, deployment, StagingRole.SCRATCH, graph.scratch().stream());
        return recorded;
    }

    private void announce(
            Map<StagingRole, Map<String, PhysicalObject>> recorded,
            Deployment deployment,
            StagingRole role,
            Stream<String> names) {
        Map<String, PhysicalObject> objects = new HashMap<>();
        boolean ofPipe = role == StagingRole.STAGE_VIEW || role == StagingRole.SCRATCH_VIEW;
        names.forEach(name -> {
            ResourceId resource = resources.identify(
                    deployment.workspace(), ofPipe ? ResourceKind.PIPE : ResourceKind.DATASOURCE, name);
            PhysicalObject object = resources.announce(
                    deployment.workspace(),
                    resource,
                    role.isView() ? PhysicalObject.Kind.VIEW : PhysicalObject.Kind.TABLE);
            staging.put(deployment.id(), role, object);
            objects.put(name, object);
        });
        recorded.put(role, objects);
    }

    private PhysicalObject serving(WorkspaceSnapshot workspace, ResourceId resource) {
        return resources.serving(workspace.live().id(), resource).orElseThrow();
    }
}
