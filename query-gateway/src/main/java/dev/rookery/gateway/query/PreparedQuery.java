package dev.rookery.gateway.query;

import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.sql.RewrittenSql;
import java.util.OptionalInt;

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
        boolean filtered) {}
