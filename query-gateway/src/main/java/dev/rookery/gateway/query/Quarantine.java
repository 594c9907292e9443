package dev.rookery.gateway.query;

import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.clickhouse.Sql;
import dev.rookery.sql.Replacement;
import dev.rookery.sql.RewrittenSql;
import dev.rookery.sql.SqlRewriter;
import java.util.stream.Collectors;

/** The quarantine of a data source before its first bad row: no rows, and the columns of QU-2. */
final class Quarantine {
    private Quarantine() {}

    static RewrittenSql empty(DatasourceEntry datasource, Statements statements) {
        String columns = datasource.file().columns().stream()
                .map(column -> "CAST(NULL, 'Nullable(String)') AS " + Sql.identifier(column.name()) + ", ")
                .collect(Collectors.joining());
        String sql = "SELECT " + columns + """
                CAST([], 'Array(String)') AS c__error_column, CAST([], 'Array(String)') AS c__error,
                CAST(NULL, 'Nullable(String)') AS c__import_id, toDateTime(0) AS insertion_date
                FROM system.one WHERE 0""";
        return SqlRewriter.rewrite(statements.read(sql), _ -> new Replacement.Keep());
    }
}
