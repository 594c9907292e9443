package dev.rookery.controlplane.workspaces;

import dev.rookery.catalog.clusters.Cluster;
import dev.rookery.catalog.clusters.ClusterCredential;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;

/**
 * A tenant's database on its cluster, and the role that alone may read it. Where the server cannot make roles by SQL
 * they were provisioned beforehand. Thread safe.
 */
public final class TenantSpace {
    private final ClusterStore clusters;
    private final ClusterConnections connections;

    TenantSpace(ClusterStore clusters, ClusterConnections connections) {
        this.clusters = clusters;
        this.connections = connections;
    }

    /**
     * Creates the database, and the role where that is ours to do. Safe to repeat.
     *
     * @throws dev.rookery.clickhouse.ClickHouseException when ClickHouse refuses, or does not answer
     */
    public void create(TenantPlace place) {
        // Thousands of idle tables cost memory and CPU unless they are loaded on their first use (ALGORITHMS.md 7).
        run(
                place,
                "CREATE DATABASE IF NOT EXISTS %s ENGINE = Atomic SETTINGS lazy_load_tables = 1"
                        .formatted(Sql.identifier(place.database())));
        Cluster cluster = clusters.get(place.cluster());
        if (cluster.rolePoolSize().isEmpty()) {
            ClusterCredential gateway = clusters.credential(place.cluster(), ClusterPurpose.GATEWAY);
            String role = Sql.identifier(place.role());
            run(place, "CREATE ROLE IF NOT EXISTS " + role);
            run(place, "GRANT SELECT ON %s.* TO %s".formatted(Sql.identifier(place.database()), role));
            run(place, "GRANT %s TO %s".formatted(role, Sql.identifier(gateway.username())));
        }
    }

    /** Drops the database with everything in it. */
    void drop(TenantPlace place) {
        run(place, "DROP DATABASE IF EXISTS " + Sql.identifier(place.database()));
    }

    private void run(TenantPlace place, String statement) {
        connections.text(place.cluster(), ClusterPurpose.ADMIN, ClickHouseRequest.of(statement));
    }
}
