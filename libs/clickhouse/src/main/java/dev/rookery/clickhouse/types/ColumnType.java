package dev.rookery.clickhouse.types;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The type of a ClickHouse column. Values are immutable and equal when ClickHouse would treat them as the same type;
 * {@link #print()} is the spelling of {@code system.columns}.
 */
public sealed interface ColumnType {

    /**
     * Reads a type.
     *
     * @param text any spelling ClickHouse accepts, with a trailing {@code NULL} or {@code NOT NULL} allowed
     * @throws ColumnTypeException if the text is not a type
     */
    static ColumnType parse(String text) {
        return new TypeParser(text).parse();
    }

    /** The type as ClickHouse prints it, which {@link #parse} reads back to an equal value. */
    default String print() {
        return TypePrinter.print(this);
    }

    /**
     * Why a JSON value can never be stored in a column of this type, or empty if it can. Types nested in this one
     * count.
     */
    default Optional<String> notInsertableFromJson() {
        return JsonInsertability.reasonAgainst(this);
    }

    /** {@code Int8} to {@code Int256}, {@code UInt8} to {@code UInt256}; bits is 8, 16, 32, 64, 128 or 256. */
    record IntegerType(int bits, boolean signed) implements ColumnType {}

    /** {@code BFloat16}, {@code Float32} or {@code Float64}, by its bits. */
    record FloatType(int bits) implements ColumnType {}

    /** {@code Decimal(precision, scale)}: precision 1 to 76, scale 0 to precision. */
    record DecimalType(int precision, int scale) implements ColumnType {

        /** Width of the stored integer: 32, 64, 128 or 256. */
        public int bits() {
            return precision <= 9 ? 32 : precision <= 18 ? 64 : precision <= 38 ? 128 : 256;
        }
    }

    /** {@code Bool}. */
    record BoolType() implements ColumnType {}

    /** {@code String}: any bytes. */
    record StringType() implements ColumnType {}

    /** {@code FixedString(length)}: length in bytes, at least 1. */
    record FixedStringType(int length) implements ColumnType {}

    /** {@code Date}: days 0 to 65,535 from 1970-01-01. */
    record DateType() implements ColumnType {}

    /** {@code Date32}: 1900-01-01 to 2299-12-31. */
    record Date32Type() implements ColumnType {}

    /** {@code DateTime} or {@code DateTime('zone')}: whole seconds, 1970 to 2106. */
    record DateTimeType(@Nullable String zone) implements ColumnType {}

    /** {@code DateTime64(precision[, 'zone'])}: ticks of 10^-precision seconds; precision 0 to 9. */
    record DateTime64Type(int precision, @Nullable String zone) implements ColumnType {}

    /** {@code Time}: signed seconds of at most 999:59:59. */
    record TimeType() implements ColumnType {}

    /** {@code Time64(precision)}: signed ticks of 10^-precision seconds; precision 0 to 9. */
    record Time64Type(int precision) implements ColumnType {}

    /** {@code UUID}. */
    record UuidType() implements ColumnType {}

    /** {@code IPv4}. */
    record Ipv4Type() implements ColumnType {}

    /** {@code IPv6}. */
    record Ipv6Type() implements ColumnType {}

    /** {@code Enum8} or {@code Enum16} (bits 8 or 16) with its values in ascending order of number. */
    record EnumType(int bits, List<EnumValue> values) implements ColumnType {
        public EnumType {
            values = List.copyOf(values);
        }
    }

    /** One value of an enum. */
    record EnumValue(String name, int number) {}

    /** {@code Nullable(inner)}. */
    record NullableType(ColumnType inner) implements ColumnType {}

    /** {@code LowCardinality(inner)}. */
    record LowCardinalityType(ColumnType inner) implements ColumnType {}

    /** {@code Array(element)}. */
    record ArrayType(ColumnType element) implements ColumnType {}

    /** {@code Map(key, value)}. */
    record MapType(ColumnType key, ColumnType value) implements ColumnType {}

    /** {@code Tuple(…)}: elements either all named or all without names. */
    record TupleType(List<Element> elements) implements ColumnType {
        public TupleType {
            elements = List.copyOf(elements);
        }

        /** Whether the elements have names; an empty tuple has none. */
        public boolean named() {
            return !elements.isEmpty() && elements.getFirst().name() != null;
        }
    }

    /** An element of a tuple; {@code name} is null in a tuple without names. */
    record Element(@Nullable String name, ColumnType type) {}

    /** {@code Nested(name Type, …)}: stored as one array per field, or as an array of named tuples. */
    record NestedType(List<Element> fields) implements ColumnType {
        public NestedType {
            fields = List.copyOf(fields);
        }
    }

    /**
     * {@code JSON(…)}.
     *
     * @param limits {@code max_dynamic_paths=16} and the like, as written
     * @param paths typed paths; an element's name is the dotted path
     * @param skips {@code SKIP …} clauses, without that word, as ClickHouse prints them
     */
    record JsonType(List<String> limits, List<Element> paths, List<String> skips) implements ColumnType {
        public JsonType {
            limits = List.copyOf(limits);
            paths = List.copyOf(paths);
            skips = List.copyOf(skips);
        }
    }

    /** {@code SimpleAggregateFunction(function, type)}: stored and written like {@code type}. */
    record SimpleAggregateFunctionType(String function, ColumnType type) implements ColumnType {}

    /** {@code AggregateFunction(…)}: an opaque state; the arguments are kept as written. */
    record AggregateFunctionType(String arguments) implements ColumnType {}

    /** {@code Variant(…)}, alternatives sorted by their printed names as ClickHouse sorts them. */
    record VariantType(List<ColumnType> alternatives) implements ColumnType {
        public VariantType {
            alternatives = List.copyOf(alternatives);
        }
    }

    /** {@code Point}, {@code Ring}, {@code Polygon} and the other geometry names, with the type that stores them. */
    record GeoType(String name, ColumnType stored) implements ColumnType {}

    /** Any other family ClickHouse knows ({@code Dynamic}, {@code Nothing}, {@code IntervalDay}, {@code QBit}). */
    record OtherType(String family, @Nullable String arguments) implements ColumnType {}
}
