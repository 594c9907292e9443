package dev.rookery.clickhouse.types;

import dev.rookery.clickhouse.types.ColumnType.*;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recursive descent over one type's text. */
final class TypeParser {

    /** Deep enough for any table ClickHouse can hold, shallow enough for the stack. */
    private static final int MAX_DEPTH = 100;

    private static final ColumnType POINT =
            new TupleType(List.of(new Element(null, new FloatType(64)), new Element(null, new FloatType(64))));

    private final TypeScanner in;
    private int depth;

    TypeParser(String text) {
        this.in = new TypeScanner(text);
    }

    ColumnType parse() {
        var type = type();
        int before = in.position();
        var word = in.word();
        if (word.equalsIgnoreCase("NULL")) {
            type = new NullableType(type);
        } else if (word.equalsIgnoreCase("NOT")) {
            if (!in.word().equalsIgnoreCase("NULL")) {
                in.back(before);
            }
        } else {
            in.back(before);
        }
        if (!in.atEnd()) {
            throw in.error("Unexpected text");
        }
        return type;
    }

    private ColumnType type() {
        if (++depth > MAX_DEPTH) {
            throw in.error("Type is nested too deeply");
        }
        var type = named(family());
        depth--;
        return type;
    }

    /** The longest alias of several words, then a single name. */
    private String family() {
        int start = in.position();
        var words = in.word();
        if (words.isEmpty()) {
            throw in.error("Expected a type");
        }
        while (TypeAliases.continues(words)) {
            int before = in.position();
            var longer = words + " " + in.word();
            if (TypeAliases.family(longer) == null && !TypeAliases.continues(longer)) {
                in.back(before);
                break;
            }
            words = longer;
        }
        var family = TypeAliases.family(words);
        if (family == null && words.indexOf(' ') >= 0) {
            in.back(start);
            throw in.error("Unknown type '" + words + "'");
        }
        return decorated(words, family == null ? words : family);
    }

    /** Display widths ({@code INT(11)}, {@code VARCHAR(10)}) mean nothing; TIMESTAMP(p) means DateTime64(p). */
    private String decorated(String written, String family) {
        if (written.equalsIgnoreCase("TIMESTAMP") && in.peek('(')) {
            return "DateTime64";
        }
        boolean sized = family.equals("String")
                || family.startsWith("Int")
                || family.startsWith("UInt")
                || family.startsWith("Float");
        if (sized && !family.startsWith("Interval") && in.peek('(')) {
            in.expect('(');
            in.rawArgument();
            while (in.accept(',')) {
                in.rawArgument();
            }
            in.expect(')');
            return signed(family);
        }
        return family;
    }

    /** {@code BIGINT(20) UNSIGNED}. */
    private String signed(String family) {
        int before = in.position();
        var word = in.word();
        if (word.equalsIgnoreCase("UNSIGNED") && family.startsWith("Int")) {
            return "U" + family;
        }
        if (!word.equalsIgnoreCase("SIGNED") || !family.startsWith("Int")) {
            in.back(before);
        }
        return family;
    }

    private ColumnType named(String family) {
        return switch (family) {
            case "Int8", "Int16", "Int32", "Int64", "Int128", "Int256" ->
                new IntegerType(Integer.parseInt(family.substring(3)), true);
            case "UInt8", "UInt16", "UInt32", "UInt64", "UInt128", "UInt256" ->
                new IntegerType(Integer.parseInt(family.substring(4)), false);
            case "BFloat16" -> new FloatType(16);
            case "Float32" -> new FloatType(32);
            case "Float64" -> new FloatType(64);
            case "Bool" -> new BoolType();
            case "String" -> new StringType();
            case "FixedString" -> new FixedStringType(argument("FixedString", 1, Integer.MAX_VALUE));
            case "UUID" -> new UuidType();
            case "IPv4" -> new Ipv4Type();
            case "IPv6" -> new Ipv6Type();
            case "Date" -> new DateType();
            case "Date32" -> new Date32Type();
            case "DateTime" -> new DateTimeType(optionalZone());
            case "DateTime64" -> dateTime64();
            case "Time" -> new TimeType();
            case "Time64" -> new Time64Type(in.peek('(') ? argument("Time64", 0, 9) : 3);
            case "Decimal" -> decimal();
            case "Decimal32" -> new DecimalType(9, argument(family, 0, 9));
            case "Decimal64" -> new DecimalType(18, argument(family, 0, 18));
            case "Decimal128" -> new DecimalType(38, argument(family, 0, 38));
            case "Decimal256" -> new DecimalType(76, argument(family, 0, 76));
            case "Enum", "Enum8", "Enum16" -> enumeration(family);
            case "Nullable" -> nullable();
            case "LowCardinality" -> new LowCardinalityType(single());
            case "Array" -> new ArrayType(single());
            case "Map" -> map();
            case "Tuple" -> tuple();
            case "Nested" -> nested();
            case "JSON" -> new JsonTypeParser(in, this::type).parse();
            case "SimpleAggregateFunction" -> simpleAggregate();
            case "AggregateFunction" -> new AggregateFunctionType(rawArguments());
            case "Variant" -> variant();
            case "Point" -> new GeoType(family, POINT);
            case "Ring", "LineString" -> new GeoType(family, new ArrayType(POINT));
            case "Polygon", "MultiLineString" -> new GeoType(family, new ArrayType(new ArrayType(POINT)));
            case "MultiPolygon" -> new GeoType(family, new ArrayType(new ArrayType(new ArrayType(POINT))));
            case "Geometry" -> new GeoType(family, new VariantType(List.of()));
            case "Dynamic", "Nothing", "QBit" -> new OtherType(family, in.peek('(') ? rawArguments() : null);
            default -> other(family);
        };
    }

    private ColumnType other(String family) {
        if (family.startsWith("Interval") && family.length() > "Interval".length()) {
            return new OtherType(family, null);
        }
        throw in.error("Unknown type '" + family + "'");
    }

    private ColumnType single() {
        in.expect('(');
        var type = type();
        in.expect(')');
        return type;
    }

    private ColumnType nullable() {
        var inner = single();
        switch (inner) {
            case ArrayType t -> throw in.error("Nullable cannot hold " + t.print());
            case MapType t -> throw in.error("Nullable cannot hold " + t.print());
            case NullableType t -> throw in.error("Nullable cannot hold " + t.print());
            case LowCardinalityType t -> throw in.error("Nullable cannot hold " + t.print());
            default -> {}
        }
        return new NullableType(inner);
    }

    private ColumnType map() {
        in.expect('(');
        var key = type();
        in.expect(',');
        var value = type();
        in.expect(')');
        return new MapType(key, value);
    }

    private int argument(String family, int min, int max) {
        in.expect('(');
        int value = number(family, min, max);
        in.expect(')');
        return value;
    }

    private int number(String what, int min, int max) {
        int value = in.number();
        if (value < min || value > max) {
            throw in.error("%s takes a number from %d to %d, not %d".formatted(what, min, max, value));
        }
        return value;
    }

    private ColumnType decimal() {
        if (!in.accept('(')) {
            return new DecimalType(10, 0);
        }
        int precision = number("Decimal", 1, 76);
        int scale = in.accept(',') ? number("Decimal's scale", 0, precision) : 0;
        in.expect(')');
        return new DecimalType(precision, scale);
    }

    private @Nullable String optionalZone() {
        if (!in.accept('(')) {
            return null;
        }
        if (in.accept(')')) {
            return null;
        }
        var zone = in.literal();
        in.expect(')');
        return zone;
    }

    private ColumnType dateTime64() {
        if (!in.accept('(')) {
            return new DateTime64Type(3, null);
        }
        int precision = number("DateTime64", 0, 9);
        var zone = in.accept(',') ? in.literal() : null;
        in.expect(')');
        return new DateTime64Type(precision, zone);
    }

    private ColumnType enumeration(String family) {
        in.expect('(');
        var values = new ArrayList<EnumValue>();
        int next = 1;
        do {
            var name = in.literal();
            int number = in.accept('=') ? number(family, Short.MIN_VALUE, Short.MAX_VALUE) : next;
            values.add(new EnumValue(name, number));
            next = number + 1;
        } while (in.accept(','));
        in.expect(')');
        var names = new HashSet<String>();
        var numbers = new HashSet<Integer>();
        boolean small = true;
        for (var value : values) {
            if (!names.add(value.name()) || !numbers.add(value.number())) {
                throw in.error("%s is twice in %s".formatted(TypePrinter.quoted(value.name()), family));
            }
            small &= value.number() >= Byte.MIN_VALUE && value.number() <= Byte.MAX_VALUE;
        }
        if (family.equals("Enum8") && !small) {
            throw in.error("Enum8 takes numbers from -128 to 127");
        }
        values.sort(Comparator.comparingInt(EnumValue::number));
        return new EnumType(small && !family.equals("Enum16") ? 8 : 16, values);
    }

    private ColumnType tuple() {
        in.expect('(');
        if (in.accept(')')) {
            return new TupleType(List.of());
        }
        var elements = new ArrayList<Element>();
        do {
            elements.add(element());
        } while (in.accept(','));
        in.expect(')');
        long named = elements.stream().filter(element -> element.name() != null).count();
        if (named != 0 && named != elements.size()) {
            throw in.error("Either all elements of a Tuple have names, or none");
        }
        return new TupleType(elements);
    }

    /** {@code name Type} if a type follows the first word, else {@code Type}. */
    private Element element() {
        if (in.peek('`') || in.peek('"')) {
            return new Element(in.identifier(), type());
        }
        int start = in.position();
        var words = family();
        if (in.peek(',') || in.peek(')') || in.peek('(')) {
            in.back(start);
            return new Element(null, type());
        }
        in.back(start);
        var name = in.identifier();
        if (words.isEmpty()) {
            throw in.error("Expected a type");
        }
        return new Element(name, type());
    }

    private ColumnType nested() {
        in.expect('(');
        var fields = new ArrayList<Element>();
        do {
            fields.add(new Element(in.identifier(), type()));
        } while (in.accept(','));
        in.expect(')');
        return new NestedType(fields);
    }

    private ColumnType simpleAggregate() {
        in.expect('(');
        var function = in.rawArgument();
        in.expect(',');
        var type = type();
        in.expect(')');
        return new SimpleAggregateFunctionType(function, type);
    }

    private ColumnType variant() {
        in.expect('(');
        var alternatives = new ArrayList<ColumnType>();
        do {
            alternatives.add(type());
        } while (in.accept(','));
        in.expect(')');
        alternatives.sort(Comparator.comparing(ColumnType::print));
        return new VariantType(alternatives);
    }

    private String rawArguments() {
        in.expect('(');
        var arguments = new ArrayList<String>();
        do {
            arguments.add(in.rawArgument());
        } while (in.accept(','));
        in.expect(')');
        return String.join(", ", arguments);
    }
}
