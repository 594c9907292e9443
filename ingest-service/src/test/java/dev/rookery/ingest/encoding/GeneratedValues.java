package dev.rookery.ingest.encoding;

import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.clickhouse.types.ColumnType.*;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** JSON values for a type: mostly valid, often at an edge, sometimes of another kind. The same seed, the same values. */
final class GeneratedValues {

    private static final List<String> OF_ANY_KIND = List.of(
            "true",
            "false",
            "null",
            "0",
            "1",
            "-1",
            "-0",
            "1.5",
            "1.0",
            "1e3",
            "\"abc\"",
            "\"1\"",
            "\"0\"",
            "\"-1\"",
            "\" 1\"",
            "\"1 \"",
            "\"+5\"",
            "\"1.5\"",
            "\"true\"",
            "\"null\"",
            "[]",
            "[1]",
            "{}",
            "{\"a\":1}",
            "[[1]]",
            "\"2024-01-02\"",
            "\"2024-01-02 03:04:05\"",
            "12345678901234567890",
            "\"café\"",
            "\"\\ud83d\\ude00\"");

    private static final List<String> NUMBER_EDGES = List.of(
            "\"\"",
            "\"+\"",
            "\"-\"",
            "\"00012\"",
            "\"-0\"",
            "\"1e2\"",
            "\"0x10\"",
            "\"1_0\"",
            "\"٣\"",
            "1e400",
            "1e-400",
            "1E5",
            "-0.0",
            "\"nan\"",
            "\"inf\"",
            "\"-inf\"",
            "\"Infinity\"",
            "\"NaN\"",
            "\".5\"",
            "\"5.\"",
            "\"-.5\"",
            "0.1e-5",
            "123456789012345678901234567890",
            "1.7976931348623157e308",
            "4.9e-324",
            "3.4028235e38",
            "1e39",
            "16777217",
            "\"1e\"",
            "\".\"",
            "\"1d\"",
            "0.000000000000000000000000000001",
            "\"False\"",
            "\"false\"");

    private static final List<String> DATE_EDGES = List.of(
            "\"1970-01-01\"",
            "\"1969-12-31\"",
            "\"2149-06-06\"",
            "\"2149-06-07\"",
            "\"1900-01-01\"",
            "\"1899-12-31\"",
            "\"2299-12-31\"",
            "\"2300-01-01\"",
            "\"2024-02-29\"",
            "\"2024-02-30\"",
            "\"2023-02-29\"",
            "\"2024-13-01\"",
            "\"2024-1-2\"",
            "\"20240102\"",
            "\"2024/01/02\"",
            "\"2024-01-0\"",
            "\"2024-0102\"",
            "\"202401-02\"",
            "\"2024-123\"",
            "\"99-01-01\"",
            "\"\"",
            "\"2024012\"",
            "\"2024-01-02T03:04:05Z\"",
            "65535",
            "65536",
            "19000",
            "-100",
            "130000",
            "\"2024.1.2\"",
            "\"0000-00-00\"",
            "\"19000\"",
            "\"2024-01-02 \"",
            "\"2024-001-2\"");

    private static final List<String> DATE_TIME_EDGES = List.of(
            "\"2024-01-02T03:04:05+02:00\"",
            "\"2024-01-02T03:04:05-0330\"",
            "\"2024-01-02 03:04\"",
            "\"2024-01-02 03\"",
            "1704164645",
            "\"1704164645\"",
            "\"1704164645.678\"",
            "1704164645678",
            "\"1704164645678\"",
            "\"1704164645678901\"",
            "\"1704164645678901234\"",
            "\"20240102030405\"",
            "\"20240102\"",
            "\"20240102T030405\"",
            "\"Jan 2 2024 3:04:05 PM\"",
            "\"2 Jan 2024 03:04\"",
            "\"Tue, 02 Jan 2024 03:04:05 GMT\"",
            "\"2024\"",
            "\"01/02/2024 03:04:05\"",
            "\"13/02/2024\"",
            "\"02/13/2024\"",
            "\"1/2/24\"",
            "\"1.2.70\"",
            "\"202401\"",
            "\"\"",
            "\"2024-02-30 00:00:00\"",
            "\"2024-01-02 25:00:00\"",
            "\"2024-01-02 23:59:60\"",
            "\" 2024-01-02 03:04:05 \"",
            "\"2024-01-02 03:04:05 EST\"",
            "\"2024-01-02 03:04:05 MSK\"",
            "\"2024-01-02 12:04:05 AM\"",
            "\"12345\"",
            "\"2024-01-02 12:04:05 pm\"",
            "\"2024-01-02 3:4:5\"",
            "\"2024-Jan-02\"",
            "\"02-Jan-2024\"",
            "\"02-Married-2024\"",
            "\"2024-01-02T03:04:05z\"",
            "\"2024-01-02T03:04:05.Z\"",
            "\"2024-01-02T03:04:05,123Z\"",
            "\"123456789\"",
            "\"2024-01-02 03:04:05.123456789123456789\"",
            "\"March 5 2024\"",
            "\"Monday, 4 March 2024 10:00:00 +0100\"",
            "\"2024-01-02T03:04:05.1+01:00\"",
            "\"2024-01-02 030405\"",
            "\"2024-01-02+030405\"",
            "\"2024-01-02, 03:04:05\"",
            "\"2024-01-02,\"",
            "\"2024-01-02T03:04:05+1\"",
            "\"2024-01-02T03:04:05+123\"",
            "\"2024-01-02T03:04:05+12:345\"",
            "\"2106-02-07 06:28:15\"",
            "\"2106-02-07 06:28:16\"",
            "\"1969-12-31 23:59:59\"",
            "\"1970-01-01 00:00:00\"",
            "\"1925-06-01 00:00:00\"",
            "\"2299-12-31 23:59:59.999\"",
            "\"2262-04-11 23:47:16\"",
            "\"2262-04-11 23:47:17\"",
            "\"1677-09-21 00:12:44\"",
            "\"2024-03-10 02:30:00\"",
            "\"2024-11-03 01:30:00\"",
            "\"2024-03-31 02:30:00\"",
            "4294967295",
            "4294967296",
            "-5",
            "\"-5\"",
            "9223372036854775807",
            "9223372036854775808",
            "\"10:20:30 2024-01-02\"",
            "\"2024-01-02T03:04:05 +01:00\"",
            "\"2024-01-02 03:04:05.5 PM\"",
            "\"2024 01 02\"",
            "\"2024-01\"",
            "\"2024-1\"");

    private static final List<String> ADDRESSES = List.of(
            "\"1.2.3.4\"",
            "\"1.2.3\"",
            "\"256.1.1.1\"",
            "\"\"",
            "\"01.02.03.04\"",
            "\"1.2.3.4 \"",
            "\"1.2.3.0255\"",
            "\"1..2.3\"",
            "\"::1\"",
            "\"::\"",
            "\"2001:db8::ff00:42:8329\"",
            "\"::ffff:1.2.3.4\"",
            "\"::g\"",
            "\"1:2:3:4:5:6:7:8:9\"",
            "\"1:2:3:4:5:6:7:8\"",
            "\"1::2::3\"",
            "\"::1.2.3.4\"",
            "\"1:2:3:4:5:6:1.2.3.4\"",
            "\"12345::\"",
            "\"1:2:3:4:5:6:7::\"",
            "\"::ffff:1.2.3\"",
            "\"[::1]\"",
            "\":1\"",
            "\"1:\"",
            "\"::FFFF:1.2.3.4\"",
            "\"0001::\"",
            "\"1:2:3:4:5:6:7\"",
            "\"::256.1.1.1\"",
            "\"::1:2:3:4:5:6:7:8\"",
            "\"1::2:3:4:5:6:7:8\"",
            "\"fe80::1%eth0\"",
            "\":::\"",
            "\"1:2:3:4:5:6:7:1.2.3.4\"",
            "\"1::\"",
            "\"1:2::7:8\"",
            "\"::1:2:3:4:5:6:7\"",
            "\"1::1.2.3.4\"",
            "\"1.2.3.4::\"",
            "\"::1.2.3.4:5\"");

    private static final List<String> STRINGS = List.of(
            "\"\"",
            "\"a\"",
            "\"abcd\"",
            "\"abcde\"",
            "\"éé\"",
            "\"ééé\"",
            "\"\\u0000\"",
            "\"\\u0041\\n\\t\\\"\\\\\\/\"",
            "\"😀\"",
            "\"\\ud83d\"",
            "\"\\ud83dx\"",
            "\"\\udc00\"",
            "\"\\ud83d\\u0041\"",
            "[1, 2]",
            "{\"a\" : [1, {\"b\": null}]}",
            "1.50",
            "12345678901234567890.5e+3",
            "true",
            "{\"a\":\"\\ud83d\"}",
            "\"x\\u00e9\\ud83d\\ude00\"");

    private static final List<String> JSON_OBJECTS = List.of(
            "{}",
            "{\"a\":1}",
            "{\"a\":{\"b\":[1,2,{\"c\":null}]}}",
            "{\"a\":null}",
            "{\"a\":1,\"a\":2}",
            "{\"\":1}",
            "{\"a.b\":1,\"a\":{\"b\":2}}",
            "{\"a\":\"\\ud83d\"}",
            "{\"a\":\"\\ud83d\\ude00\"}",
            "{\"a\":1e400}",
            "{\"a\":1e-400}",
            "{\"a\":123456789012345678901234567890}",
            "{\"a\":-9223372036854775809}",
            "{\"a\":18446744073709551615}",
            "{\"a\":[1,\"x\",true,null,[],{}]}",
            "{\"a\":\"2024-01-01\"}",
            "{\"\\u0061\":1}",
            "{\"a\":1.0,\"b\":-0}",
            "{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}",
            "{\"a b\":{\"c.d\":1}}",
            "{\"a\":[[1],[2,[3]]]}",
            "{\"\\ud83d\":1}");

    private static final String EDITS = "0123456789012345-+:/. ,TZPAMamxeE";

    private final Random random;

    GeneratedValues(long seed) {
        random = new Random(seed);
    }

    /** A value for a column of the type. */
    String value(ColumnType type) {
        return switch (random.nextInt(10)) {
            case 0 -> pick(OF_ANY_KIND);
            case 1, 2, 3 -> edge(type);
            case 4, 5 -> edited(random.nextBoolean() ? edge(type) : valid(type));
            default -> valid(type);
        };
    }

    private String edge(ColumnType type) {
        return switch (type) {
            case IntegerType t -> random.nextInt(3) == 0 ? pick(NUMBER_EDGES) : integerEdge(t);
            case FloatType t -> pick(NUMBER_EDGES);
            case DecimalType t -> random.nextBoolean() ? pick(NUMBER_EDGES) : decimalEdge(t);
            case DateType t -> pick(DATE_EDGES);
            case Date32Type t -> pick(DATE_EDGES);
            case DateTimeType t -> pick(DATE_TIME_EDGES);
            case DateTime64Type t -> pick(DATE_TIME_EDGES);
            case Ipv4Type t -> pick(ADDRESSES);
            case Ipv6Type t -> pick(ADDRESSES);
            case StringType t -> pick(STRINGS);
            case FixedStringType t -> pick(STRINGS);
            case JsonType t -> pick(JSON_OBJECTS);
            case NullableType t -> random.nextInt(4) == 0 ? "null" : edge(t.inner());
            case LowCardinalityType t -> edge(t.inner());
            case SimpleAggregateFunctionType t -> edge(t.type());
            case UuidType t -> mangled(valid(t));
            case EnumType t -> pick(List.of("\"a\"", "\"zz\"", "1", "-2", "99", "\"1\"", "1.0", "\"A\"", "\"\""));
            default -> mangled(valid(type));
        };
    }

    /** A text with a few characters more, less or other. */
    private String edited(String json) {
        if (json.length() < 2 || json.charAt(0) != '"' || json.indexOf('\\') >= 0) {
            return json;
        }
        var text = new StringBuilder(json.substring(1, json.length() - 1));
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(text.length() + 1);
            char c = EDITS.charAt(random.nextInt(EDITS.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, c);
                case 1 -> text.replace(at, Math.min(at + 1, text.length()), String.valueOf(c));
                default -> text.delete(at, Math.min(at + 1 + random.nextInt(2), text.length()));
            }
        }
        return "\"" + text + "\"";
    }

    /** One character less or other: still JSON. */
    private String mangled(String json) {
        if (json.length() < 4 || json.charAt(0) != '"') {
            return pick(OF_ANY_KIND);
        }
        int at = 1 + random.nextInt(json.length() - 2);
        return json.substring(0, at) + (random.nextBoolean() ? "" : "z") + json.substring(at + 1);
    }

    String valid(ColumnType type) {
        return switch (type) {
            case IntegerType t -> quotedSometimes(integer(t));
            case FloatType t ->
                quotedSometimes(Double.toString(Math.scalb(random.nextDouble() - 0.5, random.nextInt(60) - 20)));
            case DecimalType t -> quotedSometimes(decimal(t));
            case BoolType t -> pick(List.of("true", "false", "0", "1"));
            case StringType t -> string(random.nextInt(20));
            case FixedStringType t -> string(random.nextInt(t.length() + 1));
            case DateType t -> "\"%04d-%02d-%02d\"".formatted(between(1970, 2148), between(1, 12), between(1, 28));
            case Date32Type t -> "\"%04d-%02d-%02d\"".formatted(between(1900, 2299), between(1, 12), between(1, 28));
            case DateTimeType t -> dateTime(1971, 2105);
            case DateTime64Type t -> dateTime(1926, 2261);
            case TimeType t -> time();
            case Time64Type t -> time();
            case UuidType t -> "\"" + uuid() + "\"";
            case Ipv4Type t ->
                "\"%d.%d.%d.%d\"".formatted(between(0, 255), between(0, 255), between(0, 255), between(0, 255));
            case Ipv6Type t -> ipv6();
            case EnumType t ->
                "\"" + t.values().get(random.nextInt(t.values().size())).name() + "\"";
            case NullableType t -> random.nextInt(5) == 0 ? "null" : valid(t.inner());
            case LowCardinalityType t -> valid(t.inner());
            case SimpleAggregateFunctionType t -> valid(t.type());
            case ArrayType t -> joined("[", () -> valid(t.element()), "]");
            case MapType t -> joined("{", () -> key(t.key()) + ":" + valid(t.value()), "}");
            case TupleType t ->
                t.named()
                        ? namedTuple(t)
                        : t.elements().stream()
                                .map(element -> valid(element.type()))
                                .collect(Collectors.joining(",", "[", "]"));
            case JsonType t ->
                "{\"k%d\":%s}".formatted(random.nextInt(5), pick(List.of("1", "\"x\"", "[1,2]", "true", "1.5")));
            case GeoType t -> valid(t.stored());
            case NestedType t -> throw new IllegalArgumentException(t.print());
            case AggregateFunctionType t -> throw new IllegalArgumentException(t.print());
            case VariantType t -> throw new IllegalArgumentException(t.print());
            case OtherType t -> throw new IllegalArgumentException(t.print());
        };
    }

    private String integer(IntegerType type) {
        var value = new BigInteger(type.bits() - (type.signed() ? 1 : 0), random);
        return type.signed() && random.nextBoolean() ? value.negate().toString() : value.toString();
    }

    private String integerEdge(IntegerType type) {
        var limit = BigInteger.ONE.shiftLeft(type.bits() - (type.signed() ? 1 : 0));
        var low = type.signed() ? limit.negate() : BigInteger.ZERO;
        var base = random.nextBoolean() ? limit : low;
        return quotedSometimes(
                base.add(BigInteger.valueOf(random.nextInt(3) - 1)).toString());
    }

    private String decimal(DecimalType type) {
        var whole = digits(random.nextInt(type.precision() - type.scale() + 1));
        var fraction = digits(random.nextInt(type.scale() + 3));
        return (random.nextBoolean() ? "-" : "")
                + (whole.isEmpty() ? "0" : "1" + whole.substring(1))
                + (fraction.isEmpty() ? "" : "." + fraction);
    }

    private String decimalEdge(DecimalType type) {
        int whole = type.precision() - type.scale();
        return quotedSometimes(pick(List.of(
                "9".repeat(Math.max(whole, 1)) + "." + "9".repeat(type.scale() + 2),
                "1" + "0".repeat(whole),
                "-" + "9".repeat(Math.max(whole, 1)),
                "1e" + whole,
                "1e" + (whole - 1),
                "1e-" + type.scale(),
                "1e-" + (type.scale() + 1),
                "12.5e1",
                "0." + "0".repeat(type.scale()) + "9",
                "0e5",
                "0.0e-300")));
    }

    private String digits(int count) {
        return random.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    private String dateTime(int firstYear, int lastYear) {
        var date = "%04d-%02d-%02d".formatted(between(firstYear, lastYear), between(1, 12), between(1, 28));
        var time = "%02d:%02d:%02d".formatted(between(0, 23), between(0, 59), between(0, 59));
        return "\"" + date + pick(List.of(" ", "T")) + time
                + pick(List.of("", "", ".5", ".123", ".123456", ".123456789"))
                + pick(List.of("", "Z", "+01:00", "-05:30")) + "\"";
    }

    private String time() {
        return "\"%s%02d:%02d:%02d\""
                .formatted(pick(List.of("", "-")), between(0, 999), between(0, 59), between(0, 59));
    }

    private String ipv6() {
        return "\""
                + IntStream.range(0, 8)
                        .mapToObj(i -> Integer.toHexString(random.nextInt(65536)))
                        .collect(Collectors.joining(":"))
                + "\"";
    }

    private String uuid() {
        var text = new UUID(random.nextLong(), random.nextLong()).toString();
        return random.nextInt(4) == 0 ? text.replace("-", "") : text;
    }

    private String string(int length) {
        return random.ints(length, 0, 64)
                .mapToObj(i -> i < 60
                        ? String.valueOf((char) (i + 'A'))
                        : List.of(" ", "0", "_", "~").get(i - 60))
                .map(c -> c.equals("\\") ? "\\\\" : c)
                .limit(length)
                .collect(Collectors.joining("", "\"", "\""));
    }

    private String key(ColumnType type) {
        var text = valid(type);
        return text.startsWith("\"") ? text : "\"" + text + "\"";
    }

    private String namedTuple(TupleType type) {
        var members = new java.util.ArrayList<String>();
        for (var element : type.elements()) {
            if (random.nextInt(5) > 0) {
                members.add("\"" + element.name() + "\":" + valid(element.type()));
            }
        }
        members.add("\"unknown\":[{}]");
        java.util.Collections.shuffle(members, random);
        return "{" + String.join(",", members) + "}";
    }

    private String joined(String open, Supplier<String> element, String close) {
        return random.ints(random.nextInt(4), 0, 1)
                .mapToObj(i -> element.get())
                .collect(Collectors.joining(",", open, close));
    }

    private String quotedSometimes(String number) {
        return random.nextInt(4) == 0 ? "\"" + number + "\"" : number;
    }

    private int between(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
