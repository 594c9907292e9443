package dev.rookery.clickhouse.types;

import dev.rookery.clickhouse.types.ColumnType.*;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which types a JSON value can be stored in. */
final class JsonInsertability {

    private JsonInsertability() {}

    static Optional<String> reasonAgainst(ColumnType type) {
        return switch (type) {
            case AggregateFunctionType t ->
                Optional.of(
                        "%s holds an aggregate state, which only a materialized view can write".formatted(t.print()));
            case VariantType t ->
                Optional.of("%s takes one of several types, which a JSON value does not name".formatted(t.print()));
            case OtherType t -> Optional.of("%s cannot be read from JSON".formatted(t.print()));
            case NestedType t -> first(t.fields().stream().map(Element::type).toList());
            case NullableType t -> reasonAgainst(t.inner());
            case LowCardinalityType t -> reasonAgainst(t.inner());
            case ArrayType t -> reasonAgainst(t.element());
            case MapType t -> mapReason(t);
            case TupleType t -> first(t.elements().stream().map(Element::type).toList());
            case JsonType t -> first(t.paths().stream().map(Element::type).toList());
            case SimpleAggregateFunctionType t -> reasonAgainst(t.type());
            case GeoType t ->
                t.name().equals("Geometry")
                        ? Optional.of("Geometry takes one of several types, which a JSON value does not name")
                        : Optional.empty();
            case IntegerType t -> Optional.empty();
            case FloatType t -> Optional.empty();
            case DecimalType t -> Optional.empty();
            case BoolType t -> Optional.empty();
            case StringType t -> Optional.empty();
            case FixedStringType t -> Optional.empty();
            case DateType t -> Optional.empty();
            case Date32Type t -> Optional.empty();
            case DateTimeType t -> Optional.empty();
            case DateTime64Type t -> Optional.empty();
            case TimeType t -> Optional.empty();
            case Time64Type t -> Optional.empty();
            case UuidType t -> Optional.empty();
            case Ipv4Type t -> Optional.empty();
            case Ipv6Type t -> Optional.empty();
            case EnumType t -> Optional.empty();
        };
    }

    private static Optional<String> mapReason(MapType type) {
        var key = type.key() instanceof LowCardinalityType low ? low.inner() : type.key();
        return switch (key) {
            case ArrayType t -> keyReason(type);
            case MapType t -> keyReason(type);
            case TupleType t -> keyReason(type);
            case NestedType t -> keyReason(type);
            case JsonType t -> keyReason(type);
            case GeoType t -> keyReason(type);
            case NullableType t -> keyReason(type);
            default -> first(List.of(key, type.value()));
        };
    }

    private static Optional<String> keyReason(MapType type) {
        return Optional.of("%s has a key that a JSON object's key cannot be".formatted(type.print()));
    }

    private static Optional<String> first(List<ColumnType> types) {
        return types.stream()
                .map(type -> reasonAgainst(type).orElse(null))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
