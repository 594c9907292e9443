package dev.rookery.controlplane.tables;

import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** Drops retired tables and views, and notes it. Thread safe; what is dropped twice does no harm. */
public final class DroppedObjects {
    private static final Logger LOG = LoggerFactory.getLogger(DroppedObjects.class);

    private final ResourceStore resources;
    private final ClusterConnections connections;
    private final TransactionOperations transaction;

    public DroppedObjects(ResourceStore resources, ClusterConnections connections, TransactionOperations transaction) {
        this.resources = resources;
        this.connections = connections;
        this.transaction = transaction;
    }

    /**
     * Drops what can be dropped now; the rest stays retired, and the reaper tries again.
     *
     * @return false when the cluster does not answer: it is not asked for the rest then
     */
    public boolean drop(TenantPlace place, Collection<PhysicalObject> objects) {
        return objects.stream().allMatch(object -> drop(place, object));
    }

    private boolean drop(TenantPlace place, PhysicalObject object) {
        try {
            String kind = object.kind() == PhysicalObject.Kind.VIEW ? "VIEW" : "TABLE";
            connections.text(
                    place.cluster(),
                    ClusterPurpose.ADMIN,
                    ClickHouseRequest.of(
                            "DROP %s IF EXISTS %s".formatted(kind, Sql.table(place.database(), object.name()))));
            transaction.executeWithoutResult(_ -> resources.dropped(List.of(object.id())));
            return true;
        } catch (ClickHouseException e) {
            LOG.warn("Cannot drop {} yet: {}", object.name(), e.getMessage());
            return e.code() != ClickHouseException.UNREACHABLE;
        }
    }
}
