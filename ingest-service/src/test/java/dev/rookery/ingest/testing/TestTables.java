package dev.rookery.ingest.testing;

import dev.rookery.clickhouse.Sql;
import dev.rookery.clickhouse.defaults.AcceptedDefaults;
import dev.rookery.datafile.Column;
import dev.rookery.datafile.DatafileParser;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.Located;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of a datafile, with what the tests need of it. */
final class TestTables {
    private TestTables() {}

    static String statement(String table, String name, String text) {
        var parsed = DatafileParser.parse("datasources/%s.datasource".formatted(name), text);
        if (!(parsed.datafile() instanceof DatasourceFile file)) {
            throw new IllegalArgumentException(parsed.errors().toString());
        }
        String columns = file.columns().stream().map(TestTables::column).collect(Collectors.joining(", "));
        if (file.columns().stream().anyMatch(AcceptedDefaults::isDecidedInTable)) {
            columns += ", " + String.join(", ", AcceptedDefaults.columns());
        }
        return "CREATE TABLE %s (%s) ENGINE = %s PARTITION BY %s ORDER BY %s SETTINGS non_replicated_deduplication_window = 1000"
                .formatted(
                        table,
                        columns,
                        file.engine().name(),
                        key(file.engine().partitionKey()),
                        key(file.engine().sortingKey()));
    }

    private static String column(Column column) {
        var expression = column.expression();
        if (expression == null) {
            return Sql.identifier(column.name()) + " " + column.type();
        }
        String sql = AcceptedDefaults.isDecidedInTable(column)
                ? AcceptedDefaults.rewrite(expression.sql())
                : expression.sql();
        return Sql.identifier(column.name()) + " " + column.type() + " " + expression.kind() + " " + sql;
    }

    private static String key(@Nullable Located<String> key) {
        return key == null ? "tuple()" : "(" + key.value() + ")";
    }
}
