package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.PublicMessage;
import dev.rookery.clickhouse.Sql;
import dev.rookery.datafile.Column;
import dev.rookery.sql.AstConfirmation;
import dev.rookery.sql.ReferenceKind;
import dev.rookery.sql.Replacement;
import dev.rookery.sql.SqlAnalyzer;
import dev.rookery.sql.SqlException;
import dev.rookery.sql.SqlPolicy;
import dev.rookery.sql.SqlRewriter;
import dev.rookery.sql.SqlStatement;
import dev.rookery.sql.StatementKind;
import dev.rookery.sql.TableReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tenant's condition on the rows of a data source (DS-8, DS-11), which becomes part of statements with administrator's
 * rights: one expression over its columns, in whose subqueries the workspace's own data sources may be read and nothing
 * else. Our parser, ClickHouse's, and ClickHouse under the tenant's role must all agree.
 */
final class Condition {
    private static final SqlPolicy POLICY = new SqlPolicy(Set.of(), Set.of(), Set.of(), SqlPolicy.UNSAFE_FUNCTIONS);

    /** Reading a statement may compute its scalar subqueries. */
    private static final String LONGEST_LOOK = "30";

    private static final String LONGEST_COUNT = "600";

    private final ClusterConnections connections;
    private final WorkspaceSnapshot workspace;
    private final DatasourceEntry entry;
    private final String text;

    private Condition(ClusterConnections connections, WorkspaceSnapshot workspace, DatasourceEntry entry, String text) {
        this.connections = connections;
        this.workspace = workspace;
        this.entry = entry;
        this.text = text;
    }

    /**
     * Checks a condition against the tables that are live.
     *
     * @throws JobFailedException saying what is wrong with it
     * @throws ClickHouseException when ClickHouse cannot be asked
     */
    static Condition of(
            ClusterConnections connections, WorkspaceSnapshot workspace, DatasourceEntry entry, String condition) {
        try {
            SqlStatement statement = SqlAnalyzer.analyzeExpression(condition);
            POLICY.check(statement);
            if (statement.kind() != StatementKind.SELECT
                    || !statement.settings().isEmpty()
                    || statement.format() != null
                    || !statement.parameters().isEmpty()) {
                throw new SqlException("It must be one expression, without settings or parameters", 1, 1);
            }
            String physical = SqlAnalyzer.expressionOf(
                    SqlRewriter.rewrite(statement, reference -> resolve(workspace, entry, reference)));
            var checked = new Condition(connections, workspace, entry, physical);
            checked.confirm();
            return checked;
        } catch (SqlException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
    }

    private static Replacement resolve(WorkspaceSnapshot workspace, DatasourceEntry entry, TableReference reference) {
        String database = workspace.place().database();
        if (reference.database() != null) {
            throw new SqlException("There is no database '%s'".formatted(reference.database()), 1, 1);
        }
        if (reference.kind() == ReferenceKind.IN_OPERAND
                && entry.file().columns().stream().map(Column::name).anyMatch(reference.name()::equals)) {
            return new Replacement.Keep();
        }
        DatasourceEntry other = workspace.live().datasources().get(reference.name());
        if (other == null || reference.kind() == ReferenceKind.TABLE_FUNCTION) {
            throw new SqlException(
                    "There is no data source '%s': a condition may read data sources of the workspace"
                            .formatted(reference.name()),
                    1,
                    1);
        }
        return new Replacement.PhysicalTable(database, other.table());
    }

    /** The condition over physical tables, in brackets. */
    String sql() {
        // Where a comment ends it, the bracket must stand behind a new line.
        return "(" + text + "\n)";
    }

    /** The second and the third opinion. */
    private void confirm() {
        String statement = "SELECT count() FROM %s WHERE %s".formatted(table(), sql());
        List<String> differences =
                AstConfirmation.differences(SqlAnalyzer.analyze(statement), asTenant("EXPLAIN AST " + statement));
        if (!differences.isEmpty()) {
            throw refused("it can be read in two ways", null);
        }
        asTenant("EXPLAIN PLAN " + statement);
    }

    /** How many rows of the data source fulfil it now. */
    long count() {
        return Long.parseLong(asTenant("SELECT count() FROM %s WHERE %s".formatted(table(), sql()), LONGEST_COUNT)
                .strip());
    }

    private String table() {
        return Sql.table(workspace.place().database(), entry.table());
    }

    private String asTenant(String statement) {
        return asTenant(statement, LONGEST_LOOK);
    }

    private String asTenant(String statement, String seconds) {
        TenantPlace place = workspace.place();
        try {
            return connections.text(
                    place.cluster(),
                    ClusterPurpose.GATEWAY,
                    ClickHouseRequest.of(statement)
                            .with("role", place.role())
                            .with("default_format", "TSVRaw")
                            .with("max_execution_time", seconds));
        } catch (ClickHouseException e) {
            if (e.isRetriable()) {
                throw e;
            }
            throw refused(publicMessage(workspace, e), e);
        }
    }

    /** ClickHouse's message in the tenant's words. */
    static String publicMessage(WorkspaceSnapshot workspace, ClickHouseException e) {
        Map<String, String> names = new HashMap<>();
        workspace.live().datasources().values().forEach(entry -> names.put(entry.table(), entry.name()));
        return PublicMessage.of(
                String.valueOf(e.getMessage()), workspace.place().database(), names);
    }

    private static JobFailedException refused(String why, @org.jspecify.annotations.Nullable Throwable cause) {
        String message = "The condition cannot be used: " + why;
        return cause == null ? new JobFailedException(message) : new JobFailedException(message, cause);
    }
}
