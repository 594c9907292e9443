package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.OperationId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.deployments.StagingRole;
import dev.rookery.catalog.deployments.StagingStore;
import dev.rookery.catalog.ingestion.BarrierRequest;
import dev.rookery.catalog.ingestion.Barriers;
import dev.rookery.catalog.ingestion.IngestionStates;
import dev.rookery.catalog.ingestion.StaleView;
import dev.rookery.catalog.ingestion.WritePlan;
import dev.rookery.catalog.ingestion.WritePlans;
import dev.rookery.catalog.operations.DataOperation;
import dev.rookery.catalog.operations.OperationRole;
import dev.rookery.catalog.operations.OperationStore;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.controlplane.deployments.LiveViews;
import dev.rookery.controlplane.tables.RetiredViews;
import dev.rookery.controlplane.tables.SectionStatements;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionOperations;

/** Records, begins and finishes exchanges of tables. Thread safe. */
final class Swaps {
    /** The kind under which its barriers are recorded. */
    static final String KIND = "data_swap";

    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A row is accepted for the table that was live when its request began. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

    private final OperationStore operations;
    private final DeploymentStore deployments;
    private final ResourceStore resources;
    private final StagingStore staging;
    private final IngestionStates ingestion;
    private final ChangeLog changes;
    private final Barriers barriers;
    private final WritePlans plans;
    private final ClusterConnections connections;
    private final RetiredViews views;
    private final TransactionOperations transaction;

    Swaps(
            OperationStore operations,
            DeploymentStore deployments,
            ResourceStore resources,
            StagingStore staging,
            IngestionStates ingestion,
            ChangeLog changes,
            Barriers barriers,
            WritePlans plans,
            ClusterConnections connections,
            RetiredViews views,
            TransactionOperations transaction) {
        this.operations = operations;
        this.deployments = deployments;
        this.resources = resources;
        this.staging = staging;
        this.ingestion = ingestion;
        this.changes = changes;
        this.barriers = barriers;
        this.plans = plans;
        this.connections = connections;
        this.views = views;
        this.transaction = transaction;
    }

    OperationStore operations() {
        return operations;
    }

    DeploymentStore deployments() {
        return deployments;
    }

    ResourceStore resources() {
        return resources;
    }

    StagingStore staging() {
        return staging;
    }

    WritePlans plans() {
        return plans;
    }

    /** Whether rows in older columns may still reach one of these data sources by a way of their own. */
    boolean isDraining(WorkspaceSnapshot workspace, Set<String> datasources) {
        Set<ResourceId> entries = entryViews(workspace).keySet();
        return datasources.stream()
                        .map(name -> Scope.idOf(workspace.live(), name))
                        .anyMatch(entries::contains)
                && staging.isDraining(workspace.live().id(), LONGEST_REQUEST);
    }

    /** Views of the workspace that have stopped for good. */
    Set<String> stale(WorkspaceSnapshot workspace) {
        return ingestion.staleViews(workspace.id()).stream()
                .map(StaleView::view)
                .collect(Collectors.toSet());
    }

    Scope scope(WorkspaceSnapshot workspace, List<String> swapped) {
        return Scope.of(LiveViews.of(workspace), stale(workspace), swapped);
    }

    /** Announces what an exchange of the scope needs. In the transaction that begins the operation. */
    void announce(WorkspaceSnapshot workspace, DataOperation operation, Scope scope) {
        Map<ResourceId, PhysicalObject> entryViews = entryViews(workspace);
        for (String name : scope.swapped()) {
            ResourceId source = Scope.idOf(workspace.live(), name);
            announce(operation, OperationRole.TABLE, source, PhysicalObject.Kind.TABLE);
            if (entryViews.containsKey(source)) {
                announce(operation, OperationRole.ENTRY_VIEW, source, PhysicalObject.Kind.VIEW);
            }
        }
        scope.rehung().forEach(way -> announce(operation, OperationRole.VIEW, way.pipe(), PhysicalObject.Kind.VIEW));
    }

    PhysicalObject announce(
            DataOperation operation, OperationRole role, ResourceId resource, PhysicalObject.Kind kind) {
        PhysicalObject object = resources.announce(operation.workspace(), resource, kind);
        operations.put(operation.id(), role, object);
        return object;
    }

    /** The views by which rows accepted in older columns reach the tables that are live. */
    Map<ResourceId, PhysicalObject> entryViews(WorkspaceSnapshot workspace) {
        return staging.objects(workspace.live().id()).getOrDefault(StagingRole.ENTRY_VIEW, Map.of());
    }

    /**
     * Exchanges what is recorded with the operation, and ends it. Returns when every live instance has seen it.
     *
     * @throws CatalogException CONFLICT, UNAVAILABLE when nothing has happened
     */
    void run(WorkspaceSnapshot workspace, DataOperation operation) {
        Swap swap = section(workspace, operation);
        barriers.run(
                new BarrierRequest(
                        workspace.id(),
                        workspace.place().cluster(),
                        swap.sources(),
                        KIND,
                        operation.id().toString()),
                PATIENCE,
                swap);
        seen(workspace);
    }

    /** Returns when every live instance has seen what was committed. */
    void seen(WorkspaceSnapshot workspace) {
        changes.commitAndAwait(workspace::id);
        views.drop(workspace.id(), workspace.place());
    }

    /** The exchange, also for whoever finds it begun. */
    Swap section(WorkspaceSnapshot workspace, DataOperation operation) {
        return new Swap(this, workspace, operation);
    }

    /**
     * Ends an operation that has not exchanged anything, and what it has made.
     *
     * @throws CatalogException UNAVAILABLE when a critical section of it must be finished first
     */
    void giveUp(OperationId id) {
        transaction.executeWithoutResult(_ -> operations.find(id).ifPresent(found -> {
            deployments.lockLive(found.workspace());
            operations.lock(id).ifPresent(operation -> {
                if (operations.isInSection(id)) {
                    throw new CatalogException(
                            CatalogException.Kind.UNAVAILABLE, "The operation is in the middle of a change");
                }
                operations.end(id);
                resources.retireUnused(operation.workspace());
            });
        }));
    }

    /** @throws CatalogException CONFLICT when the operation has been ended */
    void require(DataOperation operation) {
        transaction.executeWithoutResult(_ -> lock(operation));
    }

    /** The same, until the caller's transaction ends. */
    void lock(DataOperation operation) {
        if (operations.lock(operation.id()).isEmpty()) {
            throw ended();
        }
    }

    /** Says how far an operation has come. */
    void setState(DataOperation operation, DataOperation.State state) {
        transaction.executeWithoutResult(_ -> {
            lock(operation);
            operations.setState(operation.id(), state);
        });
    }

    static CatalogException ended() {
        return new CatalogException(CatalogException.Kind.CONFLICT, "The operation was ended meanwhile");
    }

    /** A plan without graphs that nobody uses any more, and without what no record can name any more. */
    WritePlan tidy(DataOperation operation, ResourceId source) {
        Set<String> graphs = operations.open(operation.workspace()).stream()
                .filter(open -> !open.id().equals(operation.id()))
                .map(Swaps::graphOf)
                .collect(Collectors.toSet());
        return plans.current(source).liveAnd(graphs);
    }

    /** Former tables of a data source that no record names any more. Asked outside of a barrier. */
    List<String> drained(ResourceId source) {
        return operations.drained(source, LONGEST_REQUEST);
    }

    /** The name under which an operation's tables receive rows. */
    static String graphOf(DataOperation operation) {
        return "o" + operation.id().toString().replace("-", "");
    }

    /** For statements of critical sections. */
    SectionStatements statements(TenantPlace place) {
        return new SectionStatements(connections, place);
    }

    String admin(TenantPlace place, ClickHouseRequest request) {
        return connections.text(place.cluster(), ClusterPurpose.ADMIN, request);
    }

    String admin(TenantPlace place, String statement) {
        return admin(place, ClickHouseRequest.of(statement));
    }
}
