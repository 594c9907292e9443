package dev.rookery.ingest.encoding;

import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.clickhouse.types.ColumnType.ArrayType;
import dev.rookery.clickhouse.types.ColumnType.SimpleAggregateFunctionType;
import java.util.List;

/** The encoders of a layout's columns, by path as well as by type. */
final class ColumnEncoders {

    private ColumnEncoders() {}

    /** One per column that has a path; the others are never asked and share one that takes nothing. */
    static List<ValueEncoder> of(Layout layout, ValueEncoders types) {
        return layout.columns().stream().map(column -> encoder(column, types)).toList();
    }

    private static ValueEncoder encoder(LayoutColumn column, ValueEncoders types) {
        var path = column.path();
        if (path == null) {
            return new BoolEncoder();
        }
        int each = path.steps().indexOf(new JsonPath.Each());
        if (each < 0 || each == path.steps().size() - 1) {
            return types.of(column.type());
        }
        var keys = path.steps().subList(each + 1, path.steps().size()).stream()
                .map(step -> ((JsonPath.Key) step).name())
                .toList();
        return new ProjectionEncoder(keys, types.of(elementType(column.name(), column.type())));
    }

    private static ColumnType elementType(String name, ColumnType type) {
        return switch (type) {
            case ArrayType array -> array.element();
            case SimpleAggregateFunctionType simple -> elementType(name, simple.type());
            default ->
                throw new LayoutException(
                        "Column '%s': a path through [:] fills an Array, not %s".formatted(name, type.print()));
        };
    }
}
