package dev.rookery.gateway.query;

import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.SharedDatasource;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.sql.FinalReference;
import dev.rookery.sql.RewrittenSql;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A statement that may run: every reference in it is allowed and physical.
 *
 * @param subject whose statement it is, for logs: the endpoint's name or {@code query_api} (SQL-6)
 * @param maxThreads what templates asked for (SQL-8)
 * @param filtered whether it reads only some rows of a data source
 */
record PreparedQuery(
        WorkspaceSnapshot snapshot,
        DeploymentView view,
        RewrittenSql sql,
        String subject,
        OptionalInt maxThreads,
        boolean filtered) {

    /** The tenant's role, and those of the workspaces whose shared data sources this statement reads; no others. */
    String roles() {
        Set<String> databases =
                sql.references().stream().map(FinalReference::database).collect(Collectors.toSet());
        return String.join(
                ClickHouseRequest.ROLE_SEPARATOR,
                SharedDatasource.roles(snapshot.place(), snapshot.shared().values(), databases));
    }
}
