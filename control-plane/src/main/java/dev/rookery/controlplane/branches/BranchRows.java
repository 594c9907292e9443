package dev.rookery.controlplane.branches;

import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;
import java.util.List;

/**
 * Brings partitions of a workspace's table into the table of a branch, on the same cluster. The two share the files until
 * one of them merges: it costs next to nothing whatever their size, fires no view, and may be repeated. Thread safe.
 */
final class BranchRows {
    private final ClusterConnections connections;

    BranchRows(ClusterConnections connections) {
        this.connections = connections;
    }

    /** What the branch's table has in these partitions is replaced. */
    void copy(TenantPlace from, DatasourceEntry source, TenantPlace to, DatasourceEntry target, BranchData data) {
        List<String> partitions = partitions(from, source);
        List<String> wanted = switch (data) {
            case NONE -> List.of();
            case LAST_PARTITION -> partitions.stream().limit(1).toList();
            case ALL_PARTITIONS -> partitions;
        };
        for (String partition : wanted) {
            run(
                    to,
                    "ALTER TABLE %s REPLACE PARTITION ID %s FROM %s"
                            .formatted(
                                    Sql.table(to.database(), target.table()),
                                    Sql.literal(partition),
                                    Sql.table(from.database(), source.table())));
        }
    }

    /** The newest first: of keys made of time by their number, of others by the time of writing. */
    private List<String> partitions(TenantPlace place, DatasourceEntry entry) {
        return run(place, """
                        SELECT partition_id FROM system.parts WHERE active AND database = %s AND table = %s
                         GROUP BY partition_id ORDER BY toUInt64OrZero(partition_id) DESC, max(modification_time) DESC
                        FORMAT TSVRaw
                        """.formatted(Sql.literal(place.database()), Sql.literal(entry.table())))
                .lines()
                .toList();
    }

    private String run(TenantPlace place, String statement) {
        return connections.text(place.cluster(), ClusterPurpose.ADMIN, ClickHouseRequest.of(statement));
    }
}
