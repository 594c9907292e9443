package dev.rookery.ingest.encoding;

import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.clickhouse.types.ColumnType.*;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** The list of the package's documentation, said again: which values we quarantine although ClickHouse stores them. */
final class DeliberateDifference {

    private static final Pattern WHOLE = Pattern.compile("\"?([+-]?[0-9]+)\"?");
    private static final Pattern DECIMAL =
            Pattern.compile("\"?[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?\"?");
    private static final Pattern DATE = Pattern.compile("\"([0-9]{4})\\D?([0-9]{1,2})\\D?([0-9]{1,2})\"");
    private static final Pattern TIME_EDGE = Pattern.compile("\"?-?(999:59:59.*|3599999)\"?");

    private DeliberateDifference() {}

    static boolean quarantined(ColumnType type, String json, String stored) {
        return switch (type) {
            case NullableType t -> !json.equals("null") && quarantined(t.inner(), json, stored);
            case LowCardinalityType t -> quarantined(t.inner(), json, stored);
            case SimpleAggregateFunctionType t -> quarantined(t.type(), json, stored);
            default -> json.equals("null") || scalar(type, json, stored);
        };
    }

    private static boolean scalar(ColumnType type, String json, String stored) {
        return switch (type) {
            case IntegerType t -> json.equals("\"\"") || outOfRange(json, t.bits(), t.signed());
            case DecimalType t -> !DECIMAL.matcher(json).matches();
            case DateType t -> noDay(json, LocalDate.EPOCH, LocalDate.of(2149, 6, 6)) || outside(json, 0, 65_535);
            case Date32Type t ->
                noDay(json, LocalDate.of(1900, 1, 1), LocalDate.of(2299, 12, 31))
                        || outside(
                                json,
                                LocalDate.of(1900, 1, 1).toEpochDay(),
                                LocalDate.of(2299, 12, 31).toEpochDay());
            case DateTimeType t -> stored.equals("0") || stored.equals("4294967295");
            case DateTime64Type t -> outOfRange(json, 64, true);
            case TimeType t -> TIME_EDGE.matcher(stored).matches();
            case Time64Type t -> TIME_EDGE.matcher(stored).matches();
            case StringType t -> json.contains("\\ud");
            case FixedStringType t -> json.contains("\\ud");
            case Ipv6Type t -> json.contains(":::") || json.endsWith(":\"");
            default -> false;
        };
    }

    /** What ClickHouse refuses and we store: repeated paths of JSON columns, decimals whose exponent it misjudges. */
    static boolean stored(ColumnType type, String json) {
        return switch (type) {
            case NullableType t -> stored(t.inner(), json);
            case DecimalType t -> json.matches(".*[eE].*");
            case JsonType t -> json.contains("\"a\":2}") || json.contains("\"a.b\"");
            default -> false;
        };
    }

    private static boolean outOfRange(String json, int bits, boolean signed) {
        var number = WHOLE.matcher(json);
        if (!number.matches()) {
            return false;
        }
        var value = new BigInteger(number.group(1));
        return signed ? value.bitLength() >= bits : value.signum() < 0 || value.bitLength() > bits;
    }

    private static boolean outside(String json, long min, long max) {
        return (json.matches("-?[0-9]{1,18}") && (Long.parseLong(json) < min || Long.parseLong(json) > max))
                || json.matches("-?[0-9]{19,}");
    }

    private static boolean noDay(String json, LocalDate min, LocalDate max) {
        var date = DATE.matcher(json);
        if (!date.matches()) {
            return false;
        }
        try {
            var day = LocalDate.of(
                    Integer.parseInt(date.group(1)), Integer.parseInt(date.group(2)), Integer.parseInt(date.group(3)));
            return day.isBefore(min) || day.isAfter(max);
        } catch (DateTimeException e) {
            return true;
        }
    }
}
