package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
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
import dev.rookery.controlplane.tables.DroppedObjects;
import dev.rookery.controlplane.tables.RetiredViews;
import dev.rookery.controlplane.workspaces.TenantSpace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionOperations;

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
    private final DroppedObjects tables;
    private final TenantSpace space;
    private final StagingStore staging;
    private final TransactionOperations transaction;

    DeploymentExecutor(
            DeploymentStore deployments,
            ResourceStore resources,
            ChangeLog changes,
            ClusterConnections connections,
            RetiredViews views,
            DroppedObjects tables,
            TenantSpace space,
            StagingStore staging,
            TransactionOperations transaction) {
        this.deployments = deployments;
        this.resources = resources;
        this.changes = changes;
        this.connections = connections;
        this.views = views;
        this.tables = tables;
        this.space = space;
        this.staging = staging;
        this.transaction = transaction;
    }

    /** A candidate as recorded, before anything of it exists in ClickHouse. */
    private record Candidate(Deployment deployment, AnnouncedObjects objects) {}

    /**
     * Has ClickHouse read all that {@link #stage} would make, in tables and views that are gone afterwards.
     *
     * @throws ProjectException when ClickHouse refuses something
     */
    void tryOut(WorkspaceSnapshot workspace, DeploymentPlan plan) {
        AnnouncedObjects objects = Objects.requireNonNull(transaction.execute(_ -> announce(workspace, plan)));
        try {
            space.create(workspace.place());
            new SchemaStep(connections, workspace, plan, objects).run();
        } finally {
            transaction.executeWithoutResult(_ -> resources.retire(objects.all()));
            tables.drop(workspace.place(), objects.all());
        }
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
        try (var _ = new Pulse(() -> deployments.touch(candidate.deployment()))) {
            // There already, unless the control-plane was killed while it made the workspace.
            space.create(workspace.place());
            new SchemaStep(connections, workspace, plan, candidate.objects()).run();
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
            resources.activate(workspace.id(), candidate.objects().serving());
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
        AnnouncedObjects objects = announce(workspace, plan);
        deployments.putResources(deployment.id(), content(workspace, plan, objects));
        deployments.putChanges(deployment.id(), plan.changes());
        deployments.putFeedback(deployment.id(), plan.feedback());
        staging.putMovements(deployment.id(), plan.movements());
        objects.staging()
                .forEach((role, named) -> named.values().forEach(object -> staging.put(deployment.id(), role, object)));
        return new Candidate(deployment, objects);
    }

    private List<DeployedResource> content(WorkspaceSnapshot workspace, DeploymentPlan plan, AnnouncedObjects objects) {
        List<DeployedResource> content = new ArrayList<>();
        plan.datasources().forEach((name, planned) -> {
            ResourceId resource = resources.identify(workspace.id(), ResourceKind.DATASOURCE, name);
            PhysicalObject made = objects.tables().get(name);
            content.add(new DeployedResource(
                    resource,
                    planned.source().path(),
                    planned.source().text(),
                    (made == null ? serving(workspace, resource) : made).id()));
        });
        plan.pipes().forEach((name, planned) -> {
            ResourceId resource = resources.identify(workspace.id(), ResourceKind.PIPE, name);
            PhysicalObject view = planned.view() == null ? objects.views().get(name) : serving(workspace, resource);
            content.add(new DeployedResource(
                    resource, planned.source().path(), planned.source().text(), view == null ? null : view.id()));
        });
        return content;
    }

    private AnnouncedObjects announce(WorkspaceSnapshot workspace, DeploymentPlan plan) {
        WorkspaceId id = workspace.id();
        Stream<String> altered = plan.datasources().entrySet().stream()
                .filter(planned -> planned.getValue().treatment() instanceof Treatment.Keep keep
                        && !keep.alterations().isEmpty())
                .map(Map.Entry::getKey);
        Stream<String> made = plan.datasources().entrySet().stream()
                .filter(planned -> planned.getValue().isRebuilt())
                .map(Map.Entry::getKey);
        Stream<String> views = plan.pipes().entrySet().stream()
                .filter(planned -> planned.getValue().needsView())
                .map(Map.Entry::getKey);
        return new AnnouncedObjects(
                announce(id, ResourceKind.DATASOURCE, PhysicalObject.Kind.TABLE, made),
                announce(id, ResourceKind.PIPE, PhysicalObject.Kind.VIEW, views),
                announceStaging(id, plan),
                announce(id, ResourceKind.DATASOURCE, PhysicalObject.Kind.TABLE, altered));
    }

    private Map<StagingRole, Map<String, PhysicalObject>> announceStaging(WorkspaceId id, DeploymentPlan plan) {
        Map<StagingRole, Map<String, PhysicalObject>> announced = new EnumMap<>(StagingRole.class);
        StagingGraph graph = plan.graph();
        Predicate<String> isMade =
                name -> Objects.requireNonNull(plan.datasources().get(name)).isRebuilt();
        BiConsumer<StagingRole, Stream<String>> announce = (role, names) -> {
            boolean ofPipe = role == StagingRole.STAGE_VIEW || role == StagingRole.SCRATCH_VIEW;
            announced.put(
                    role,
                    announce(
                            id,
                            ofPipe ? ResourceKind.PIPE : ResourceKind.DATASOURCE,
                            role.isView() ? PhysicalObject.Kind.VIEW : PhysicalObject.Kind.TABLE,
                            names));
        };
        announce.accept(StagingRole.ENTRY, graph.entries().stream());
        announce.accept(StagingRole.ENTRY_VIEW, graph.entries().stream().filter(isMade));
        announce.accept(StagingRole.STAGE_VIEW, graph.stagedViews().stream().map(ViewEdge::pipe));
        announce.accept(StagingRole.CLONE, graph.roots().stream());
        announce.accept(StagingRole.SCRATCH_ENTRY, graph.roots().stream());
        announce.accept(StagingRole.SCRATCH_ENTRY_VIEW, graph.roots().stream().filter(isMade));
        announce.accept(StagingRole.SCRATCH_VIEW, graph.scratchViews().stream().map(ViewEdge::pipe));
        announce.accept(StagingRole.SCRATCH, graph.scratch().stream());
        return announced;
    }

    private Map<String, PhysicalObject> announce(
            WorkspaceId id, ResourceKind resource, PhysicalObject.Kind kind, Stream<String> names) {
        Map<String, PhysicalObject> announced = new HashMap<>();
        names.forEach(
                name -> announced.put(name, resources.announce(id, resources.identify(id, resource, name), kind)));
        return announced;
    }

    private PhysicalObject serving(WorkspaceSnapshot workspace, ResourceId resource) {
        return resources.serving(workspace.live().id(), resource).orElseThrow();
    }
}
