package dev.rookery.controlplane.tables;

import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;

/**
 * Runs statements of critical sections, which may all be repeated: data sources stand still meanwhile, so a lost connection
 * is tried again at once rather than left to whoever finds the section unfinished.
 */
public record SectionStatements(ClusterConnections connections, TenantPlace place) {
    private static final int ATTEMPTS = 3;

    /** @throws ClickHouseException when it is refused, or cannot be sent */
    public String run(String statement) {
        for (int attempt = 1; ; attempt++) {
            try {
                return connections.text(place.cluster(), ClusterPurpose.ADMIN, ClickHouseRequest.of(statement));
            } catch (ClickHouseException e) {
                if (e.code() != ClickHouseException.UNREACHABLE || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
