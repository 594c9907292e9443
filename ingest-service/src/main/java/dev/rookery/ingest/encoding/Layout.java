package dev.rookery.ingest.encoding;

import dev.rookery.clickhouse.defaults.AcceptedDefaults;
import dev.rookery.clickhouse.types.ColumnType;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The insertable columns of a data source, in the order of the INSERT's column list. Immutable and safe to share;
 * build it once per schema version.
 *
 * @param columns without MATERIALIZED and ALIAS columns; names are unique
 * @param zone time zone of DateTime columns that name none, which must be the ClickHouse server's
 */
public record Layout(List<LayoutColumn> columns, ZoneId zone) {

    /** Columns every quarantine table has besides the data source's own (QU-2), and those that no table keeps. */
    private static final Set<String> RESERVED = Set.of(
            "c__error_column",
            "c__error",
            "c__import_id",
            "insertion_date",
            AcceptedDefaults.MOMENT,
            AcceptedDefaults.SEED);

    /**
     * @throws LayoutException if there is no column, a name is there twice, or a column with a path has a type that
     *     JSON cannot fill
     */
    public Layout {
        columns = List.copyOf(columns);
        var names = new HashSet<String>();
        for (var column : columns) {
            if (!names.add(column.name())) {
                throw new LayoutException("Column '%s' is there twice".formatted(column.name()));
            }
            var reason = column.type().notInsertableFromJson().or(() -> typedJson(column.type()));
            if (column.path() != null && reason.isPresent()) {
                throw new LayoutException("Column '%s': %s".formatted(column.name(), reason.get()));
            }
        }
        if (columns.isEmpty()) {
            throw new LayoutException("A data source needs a column");
        }
    }

    /** ClickHouse checks typed paths only at insert, where one value that does not fit would fail a whole block. */
    private static Optional<String> typedJson(ColumnType type) {
        return switch (type) {
            case ColumnType.JsonType json
            when !json.paths().isEmpty() ->
                Optional.of("%s has typed paths, which cannot be checked at acceptance; give them columns of their own"
                        .formatted(json.print()));
            case ColumnType.NullableType nullable -> typedJson(nullable.inner());
            case ColumnType.ArrayType array -> typedJson(array.element());
            case ColumnType.MapType map -> typedJson(map.value());
            case ColumnType.TupleType tuple ->
                tuple.elements().stream()
                        .flatMap(element -> typedJson(element.type()).stream())
                        .findFirst();
            case ColumnType.NestedType nested ->
                nested.fields().stream()
                        .flatMap(field -> typedJson(field.type()).stream())
                        .findFirst();
            case ColumnType.SimpleAggregateFunctionType simple -> typedJson(simple.type());
            default -> Optional.empty();
        };
    }

    /** A layout for a server in UTC. */
    public static Layout of(LayoutColumn... columns) {
        return new Layout(List.of(columns), ZoneOffset.UTC);
    }

    /**
     * The quarantine table's columns in the order of quarantine blocks: errors, import id, the data source's own
     * columns as {@code Nullable(String)} (a value that fits no Int64 must still be kept), insertion date. An own
     * column whose name is one of the documented four is left out.
     */
    public List<QuarantineColumn> quarantineColumns() {
        var strings = new ColumnType.ArrayType(new ColumnType.StringType());
        var text = new ColumnType.NullableType(new ColumnType.StringType());
        var result = new ArrayList<QuarantineColumn>();
        result.add(new QuarantineColumn("c__error_column", strings));
        result.add(new QuarantineColumn("c__error", strings));
        result.add(new QuarantineColumn("c__import_id", text));
        for (var column : columns) {
            if (keptInQuarantine(column)) {
                result.add(new QuarantineColumn(column.name(), text));
            }
        }
        result.add(new QuarantineColumn("insertion_date", new ColumnType.DateTimeType(null)));
        return List.copyOf(result);
    }

    static boolean keptInQuarantine(LayoutColumn column) {
        return !RESERVED.contains(column.name());
    }

    /** A column of {@code <name>_quarantine}. */
    public record QuarantineColumn(String name, ColumnType type) {}
}
