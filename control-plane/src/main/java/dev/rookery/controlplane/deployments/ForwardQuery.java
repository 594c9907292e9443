package dev.rookery.controlplane.deployments;

import dev.rookery.clickhouse.Sql;
import dev.rookery.datafile.Column;
import dev.rookery.datafile.Column.ExpressionKind;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.sql.ReferenceKind;
import dev.rookery.sql.Replacement;
import dev.rookery.sql.SqlAnalyzer;
import dev.rookery.sql.SqlException;
import dev.rookery.sql.SqlPolicy;
import dev.rookery.sql.SqlRewriter;
import dev.rookery.sql.SqlStatement;
import dev.rookery.sql.StatementKind;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How rows of a live data source become rows of its new schema (DFD-15, DEP-18): a SELECT without FROM. Immutable.
 *
 * @param select the text up to where FROM belongs
 */
record ForwardQuery(String select) {
    private static final SqlPolicy POLICY = new SqlPolicy(Set.of(), Set.of(), Set.of(), SqlPolicy.UNSAFE_FUNCTIONS);
    private static final String SOURCE = "live";

    /** @throws SqlException when the text is not such a SELECT */
    static ForwardQuery of(String text) {
        var query = new ForwardQuery(text.strip());
        query.statement();
        return query;
    }

    /** Takes the columns that both schemas have over as they are; new ones get their default (DEP-17). */
    static ForwardQuery identity(DatasourceFile before, DatasourceFile after) {
        Set<String> stored = after.columns().stream()
                .filter(ForwardQuery::isStored)
                .map(Column::name)
                .collect(Collectors.toSet());
        return new ForwardQuery(before.columns().stream()
                .filter(column -> isStored(column) && stored.contains(column.name()))
                .map(column -> Sql.identifier(column.name()))
                .collect(Collectors.joining(", ", "SELECT ", "")));
    }

    /** What would bring the rows over, for a message: every column that both have, cast where the types differ. */
    static String suggestion(DatasourceFile before, DatasourceFile after) {
        return after.columns().stream()
                .filter(ForwardQuery::isStored)
                .map(now -> before.columns().stream()
                        .filter(was -> was.name().equals(now.name()))
                        .findFirst()
                        .map(was -> TableDdl.type(was).equals(TableDdl.type(now))
                                ? now.name()
                                : "CAST(%s, '%s') AS %s".formatted(now.name(), now.type(), now.name()))
                        .orElse("defaultValueOfTypeName('%s') AS %s".formatted(now.type(), now.name())))
                .collect(Collectors.joining(", ", "FORWARD_QUERY > SELECT ", ""));
    }

    private static boolean isStored(Column column) {
        Column.Expression expression = column.expression();
        return expression == null || expression.kind() == ExpressionKind.DEFAULT;
    }

    /** The statement over a physical table. */
    String over(String database, String table) {
        return SqlRewriter.rewrite(statement(), _ -> new Replacement.PhysicalTable(database, table))
                .text();
    }

    private SqlStatement statement() {
        SqlStatement statement = SqlAnalyzer.analyze(select + "\nFROM " + SOURCE);
        POLICY.check(statement);
        boolean reads = statement.references().stream()
                .allMatch(reference -> reference.kind() == ReferenceKind.TABLE
                        && reference.database() == null
                        && reference.name().equals(SOURCE));
        if (statement.kind() != StatementKind.SELECT
                || statement.references().size() != 1
                || !reads
                || statement.format() != null
                || !statement.settings().isEmpty()) {
            throw new SqlException("A forward query is one SELECT over the live data source, without FROM", 1, 1);
        }
        return statement;
    }
}
