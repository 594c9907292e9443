package dev.rookery.ingest.files;

import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.clickhouse.types.ColumnType.ArrayType;
import dev.rookery.clickhouse.types.ColumnType.BoolType;
import dev.rookery.clickhouse.types.ColumnType.EnumType;
import dev.rookery.clickhouse.types.ColumnType.FixedStringType;
import dev.rookery.clickhouse.types.ColumnType.GeoType;
import dev.rookery.clickhouse.types.ColumnType.JsonType;
import dev.rookery.clickhouse.types.ColumnType.LowCardinalityType;
import dev.rookery.clickhouse.types.ColumnType.MapType;
import dev.rookery.clickhouse.types.ColumnType.NestedType;
import dev.rookery.clickhouse.types.ColumnType.NullableType;
import dev.rookery.clickhouse.types.ColumnType.SimpleAggregateFunctionType;
import dev.rookery.clickhouse.types.ColumnType.StringType;
import dev.rookery.clickhouse.types.ColumnType.TupleType;
import dev.rookery.ingest.encoding.LayoutColumn;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * A column as the fields of a CSV fill it: what a field's text means as JSON. Immutable.
 *
 * <p>A field is no value (DS-21) only where the column can do without one; elsewhere its text stands, and is quarantined
 * with it (QU-4). Text columns keep every text, {@code N} too: only an empty field without quotes, or {@code \N}, is none.
 */
final class CsvCell {
    private enum Kind {
        TEXT,
        BOOLEAN,
        STRUCTURE,
        OTHER
    }

    private final byte[] key;
    private final Kind kind;
    private final boolean array;
    private final boolean optional;

    private CsvCell(byte[] key, Kind kind, boolean array, boolean optional) {
        this.key = key;
        this.kind = kind;
        this.array = array;
        this.optional = optional;
    }

    static CsvCell of(LayoutColumn column) {
        ColumnType type = plain(column.type());
        String key = "\"" + new String(JsonStringEncoder.getInstance().quoteAsCharArray(column.name())) + "\":";
        return new CsvCell(
                key.getBytes(StandardCharsets.UTF_8), kind(type), type instanceof ArrayType, isOptional(column));
    }

    /** Whether a row may come without a value for it. */
    static boolean isOptional(LayoutColumn column) {
        return column.hasDefault() || column.acceptanceValue() != null || isNullable(column.type());
    }

    /**
     * Writes the field as a member of an object, with a comma before it where it is not the first; nothing when it is no
     * value.
     *
     * @return false when the field is no Unicode text
     */
    boolean write(CsvRow row, int field, JsonLine line) {
        if (optional && isNone(row, field)) {
            return true;
        }
        char[] chars = row.chars();
        int from = row.start(field);
        int to = row.end(field);
        if (line.length() > 1) {
            line.append(',');
        }
        line.append(key);
        return switch (kind) {
            case TEXT, OTHER -> line.string(chars, from, to);
            case BOOLEAN -> bool(chars, from, to, line);
            case STRUCTURE -> structure(new String(chars, from, to - from), chars, from, to, line);
        };
    }

    private boolean isNone(CsvRow row, int field) {
        int length = row.end(field) - row.start(field);
        if (length > 4) {
            return false;
        }
        String text = row.text(field);
        if (kind == Kind.TEXT) {
            return !row.isQuoted(field) && (text.isEmpty() || text.equals("\\N"));
        }
        return switch (text) {
            case "", "N", "\\N", "null", "NULL" -> true;
            case "[]" -> !array;
            default -> false;
        };
    }

    private static boolean bool(char[] chars, int from, int to, JsonLine line) {
        int length = to - from;
        if (length == 1 && (chars[from] == '0' || chars[from] == '1')) {
            line.append(chars[from]);
            return true;
        }
        String text = length <= 5 ? new String(chars, from, length) : "";
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            line.append(text.equalsIgnoreCase("true") ? TRUE : FALSE);
            return true;
        }
        return line.string(chars, from, to);
    }

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private static boolean structure(String text, char[] chars, int from, int to, JsonLine line) {
        if (JsonText.isValue(text)) {
            return line.raw(chars, from, to);
        }
        char[] json = JsonText.ofLiteral(text).toCharArray();
        return json.length > 0 ? line.raw(json, 0, json.length) : line.string(chars, from, to);
    }

    private static Kind kind(ColumnType type) {
        return switch (type) {
            case StringType _, FixedStringType _, EnumType _ -> Kind.TEXT;
            case BoolType _ -> Kind.BOOLEAN;
            case ArrayType _, MapType _, TupleType _, NestedType _, JsonType _, GeoType _ -> Kind.STRUCTURE;
            default -> Kind.OTHER;
        };
    }

    private static ColumnType plain(ColumnType type) {
        return switch (type) {
            case NullableType nullable -> plain(nullable.inner());
            case LowCardinalityType low -> plain(low.inner());
            case SimpleAggregateFunctionType simple -> plain(simple.type());
            default -> type;
        };
    }

    private static boolean isNullable(ColumnType type) {
        return switch (type) {
            case NullableType _ -> true;
            case LowCardinalityType low -> isNullable(low.inner());
            case SimpleAggregateFunctionType simple -> isNullable(simple.type());
            default -> false;
        };
    }
}
