package dev.rookery.clickhouse.types;

import dev.rookery.clickhouse.types.ColumnType.*;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The spelling ClickHouse uses in {@code system.columns}. */
final class TypePrinter {

    private TypePrinter() {}

    static String print(ColumnType type) {
        return switch (type) {
            case IntegerType t -> (t.signed() ? "Int" : "UInt") + t.bits();
            case FloatType t -> t.bits() == 16 ? "BFloat16" : "Float" + t.bits();
            case DecimalType t -> "Decimal(%d, %d)".formatted(t.precision(), t.scale());
            case BoolType t -> "Bool";
            case StringType t -> "String";
            case FixedStringType t -> "FixedString(" + t.length() + ")";
            case DateType t -> "Date";
            case Date32Type t -> "Date32";
            case DateTimeType t -> "DateTime" + zone(t.zone(), "(", ")");
            case DateTime64Type t -> "DateTime64(" + t.precision() + zone(t.zone(), ", ", "") + ")";
            case TimeType t -> "Time";
            case Time64Type t -> "Time64(" + t.precision() + ")";
            case UuidType t -> "UUID";
            case Ipv4Type t -> "IPv4";
            case Ipv6Type t -> "IPv6";
            case EnumType t ->
                "Enum" + t.bits()
                        + t.values().stream()
                                .map(v -> quoted(v.name()) + " = " + v.number())
                                .collect(Collectors.joining(", ", "(", ")"));
            case NullableType t -> "Nullable(" + print(t.inner()) + ")";
            case LowCardinalityType t -> "LowCardinality(" + print(t.inner()) + ")";
            case ArrayType t -> "Array(" + print(t.element()) + ")";
            case MapType t -> "Map(" + print(t.key()) + ", " + print(t.value()) + ")";
            case TupleType t -> "Tuple(" + elements(t.elements()) + ")";
            case NestedType t -> "Nested(" + elements(t.fields()) + ")";
            case JsonType t -> json(t);
            case SimpleAggregateFunctionType t ->
                "SimpleAggregateFunction(" + t.function() + ", " + print(t.type()) + ")";
            case AggregateFunctionType t -> "AggregateFunction(" + t.arguments() + ")";
            case VariantType t ->
                t.alternatives().stream().map(TypePrinter::print).collect(Collectors.joining(", ", "Variant(", ")"));
            case GeoType t -> t.name();
            case OtherType t -> t.arguments() == null ? t.family() : t.family() + "(" + t.arguments() + ")";
        };
    }

    private static String json(JsonType type) {
        var arguments = Stream.of(
                        type.limits().stream(),
                        type.paths().stream().map(TypePrinter::element),
                        type.skips().stream().map(skip -> "SKIP " + skip))
                .flatMap(part -> part)
                .collect(Collectors.joining(", "));
        return arguments.isEmpty() ? "JSON" : "JSON(" + arguments + ")";
    }

    private static String elements(List<Element> elements) {
        return elements.stream().map(TypePrinter::element).collect(Collectors.joining(", "));
    }

    private static String element(Element element) {
        var name = element.name();
        return name == null ? print(element.type()) : identifier(name) + " " + print(element.type());
    }

    static String identifier(String name) {
        var plain = !name.isEmpty()
                && name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)))
                && !Character.isDigit(name.charAt(0));
        return plain ? name : "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
    }

    static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String zone(@Nullable String zone, String before, String after) {
        return zone == null ? "" : before + quoted(zone) + after;
    }
}
