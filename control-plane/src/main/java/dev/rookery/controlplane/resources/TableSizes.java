package dev.rookery.controlplane.resources;

import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks ClickHouse how much the tables of a workspace hold, exactly and at this moment. Thread safe. */
final class TableSizes {
    /** A longer list makes a statement that is larger than the database's own list of tables. */
    private static final int MAX_NAMED = 100;

    private final ClusterConnections connections;

    TableSizes(ClusterConnections connections) {
        this.connections = connections;
    }

    /**
     * The sizes of tables by name; those that do not exist are missing.
     *
     * @throws dev.rookery.clickhouse.ClickHouseException when ClickHouse does not answer
     */
    Map<String, TableSize> of(TenantPlace place, Collection<String> tables) {
        if (tables.isEmpty()) {
            return Map.of();
        }
        String named = tables.size() > MAX_NAMED
                ? ""
                : tables.stream().map(Sql::literal).collect(Collectors.joining(", ", " AND name IN (", ")"));
        String rows = connections.text(place.cluster(), ClusterPurpose.ADMIN, ClickHouseRequest.of("""
                        SELECT name, ifNull(total_rows, 0), ifNull(total_bytes, 0) FROM system.tables
                         WHERE database = %s%s FORMAT TabSeparated
                        """.formatted(
                        Sql.literal(place.database()), named)));
        Map<String, TableSize> sizes = new HashMap<>();
        rows.lines().map(line -> List.of(line.split("\t", -1))).forEach(row -> {
            sizes.put(row.get(0), new TableSize(Long.parseLong(row.get(1)), Long.parseLong(row.get(2))));
        });
        return sizes;
    }
}
