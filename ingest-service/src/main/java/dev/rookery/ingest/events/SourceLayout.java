package dev.rookery.ingest.events;

import dev.rookery.clickhouse.defaults.AcceptedDefaults;
import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.clickhouse.types.ColumnTypeException;
import dev.rookery.datafile.Column;
import dev.rookery.datafile.Column.Expression;
import dev.rookery.datafile.Column.ExpressionKind;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.ingest.encoding.AcceptanceValue;
import dev.rookery.ingest.encoding.JsonPath;
import dev.rookery.ingest.encoding.Layout;
import dev.rookery.ingest.encoding.LayoutColumn;
import dev.rookery.ingest.encoding.LayoutException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns that rows of a data source fill, out of its datafile. */
final class SourceLayout {
    private static final int NANOSECONDS = 9;

    private SourceLayout() {}

    /**
     * A schema without a single path takes its columns' names for paths; where some have one, the others are filled by
     * their defaults alone (JP-16). Rows of text have no paths: their columns go by name.
     *
     * @throws LayoutException when a column with a path cannot be filled from JSON
     * @throws ColumnTypeException when a type is none, which no deployment lets pass
     */
    static Layout of(DatasourceFile file, RowOrigin.Values values) {
        boolean named = values == RowOrigin.Values.BY_NAME;
        boolean byName = named || file.columns().stream().allMatch(column -> column.jsonPath() == null);
        List<LayoutColumn> columns = new ArrayList<>(file.columns().stream()
                .filter(SourceLayout::isInsertable)
                .map(column -> column(column, named, byName))
                .toList());
        if (file.columns().stream().anyMatch(AcceptedDefaults::isDecidedInTable)) {
            columns.add(hidden(
                    AcceptedDefaults.MOMENT,
                    type -> MomentValue.of(type, NANOSECONDS, 0),
                    "DateTime64(%d, 'UTC')".formatted(NANOSECONDS)));
            columns.add(hidden(AcceptedDefaults.SEED, type -> RandomValue.number(type, Long.SIZE), "UInt64"));
        }
        return new Layout(columns, ZoneOffset.UTC);
    }

    private static LayoutColumn hidden(
            String name, Function<ColumnType, Optional<AcceptanceValue>> value, String typeText) {
        ColumnType type = ColumnType.parse(typeText);
        return new LayoutColumn(name, type, null, true, value.apply(type).orElseThrow());
    }

    private static boolean isInsertable(Column column) {
        Expression expression = column.expression();
        return expression == null || expression.kind() == ExpressionKind.DEFAULT;
    }

    private static LayoutColumn column(Column column, boolean named, boolean byName) {
        ColumnType type = ColumnType.parse(column.type());
        Expression expression = column.expression();
        return new LayoutColumn(
                column.name(), type, path(column, named, byName), expression != null, atAcceptance(expression, type));
    }

    private static @Nullable JsonPath path(Column column, boolean named, boolean byName) {
        String path = named ? null : column.jsonPath();
        if (path != null) {
            return JsonPath.parse(path);
        }
        return byName ? new JsonPath(List.of(new JsonPath.Key(column.name()))) : null;
    }

    private static @Nullable AcceptanceValue atAcceptance(@Nullable Expression expression, ColumnType type) {
        return expression == null
                ? null
                : AcceptanceDefaults.of(expression.sql(), type).orElse(null);
    }
}
