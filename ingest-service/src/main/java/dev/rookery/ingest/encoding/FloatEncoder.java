package dev.rookery.ingest.encoding;

import dev.rookery.clickhouse.types.ColumnType.FloatType;
import java.util.Locale;
import tools.jackson.core.JsonToken;

/** Floating point numbers, as JSON numbers or as text; nan and inf only as text, being no JSON numbers. */
final class FloatEncoder implements ValueEncoder {

    private final int bits;

    FloatEncoder(FloatType type) {
        bits = type.bits();
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        return switch (in.token()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in, out);
            case VALUE_STRING -> text(in, out);
            case VALUE_TRUE, VALUE_FALSE -> {
                int value = in.token() == JsonToken.VALUE_TRUE ? 1 : 0;
                yield bits == 64 ? write((double) value, out) : write((float) value, out);
            }
            default -> false;
        };
    }

    private boolean number(JsonCursor in, RowBuffer out) {
        if (in.length() == 2 && in.textIs("-0")) {
            return bits == 64 ? write(-0.0, out) : write(-0.0f, out);
        }
        return bits == 64 ? write(in.doubleValue(), out) : write(in.floatValue(), out);
    }

    private boolean text(JsonCursor in, RowBuffer out) {
        if (NumberSyntax.isDecimal(in)) {
            var text = in.text();
            return bits == 64 ? write(Double.parseDouble(text), out) : write(Float.parseFloat(text), out);
        }
        if (in.length() > "+infinity".length()) {
            return false;
        }
        return switch (in.text().toLowerCase(Locale.ROOT)) {
            case "true" -> in.textIs("true") && write(1.0, 1.0f, out);
            case "false" -> in.textIs("false") && write(0.0, 0.0f, out);
            case "nan", "+nan", "-nan" -> write(Double.NaN, Float.NaN, out);
            case "inf", "+inf", "infinity", "+infinity" ->
                write(Double.POSITIVE_INFINITY, Float.POSITIVE_INFINITY, out);
            case "-inf", "-infinity" -> write(Double.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, out);
            default -> false;
        };
    }

    private boolean write(double wide, float narrow, RowBuffer out) {
        return bits == 64 ? write(wide, out) : write(narrow, out);
    }

    private static boolean write(double value, RowBuffer out) {
        out.int64(Double.doubleToRawLongBits(value));
        return true;
    }

    private boolean write(float value, RowBuffer out) {
        int raw = Float.floatToRawIntBits(value);
        if (bits == 16) {
            out.int16(raw >>> 16);
        } else {
            out.int32(raw);
        }
        return true;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.zeros(bits / Byte.SIZE);
        return true;
    }
}
