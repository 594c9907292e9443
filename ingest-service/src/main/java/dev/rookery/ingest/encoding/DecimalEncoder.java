package dev.rookery.ingest.encoding;

import dev.rookery.clickhouse.types.ColumnType.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimals: digits beyond the scale are cut off, as ClickHouse does; too many before the point do not fit. */
final class DecimalEncoder implements ValueEncoder {

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final DecimalType type;

    DecimalEncoder(DecimalType type) {
        this.type = type;
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        return switch (in.token()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> short64(in, out) || general(in, out);
            case VALUE_STRING -> NumberSyntax.isDecimal(in) && (short64(in, out) || general(in, out));
            default -> false;
        };
    }

    /** The common case: no exponent, and all digits with the scale in a long. */
    private boolean short64(JsonCursor in, RowBuffer out) {
        var chars = in.chars();
        int at = in.offset();
        int end = at + in.length();
        boolean negative = chars[at] == '-';
        if (negative || chars[at] == '+') {
            at++;
        }
        if (type.precision() > 18 || end - at > 18) {
            return false;
        }
        long value = 0;
        int fraction = -1;
        for (; at < end; at++) {
            char c = chars[at];
            if (c == '.') {
                fraction = 0;
            } else if (c < '0' || c > '9') {
                return false;
            } else if (fraction < type.scale()) {
                value = value * 10 + (c - '0');
                fraction += fraction >= 0 ? 1 : 0;
            }
        }
        int missing = type.scale() - Math.max(fraction, 0);
        if (value >= POWERS[type.precision() - missing]) {
            return false;
        }
        long scaled = value * POWERS[missing];
        write(negative ? -scaled : scaled, out);
        return true;
    }

    private void write(long value, RowBuffer out) {
        if (type.bits() == 32) {
            out.int32((int) value);
        } else {
            out.int64(value);
        }
    }

    private boolean general(JsonCursor in, RowBuffer out) {
        BigDecimal value;
        try {
            value = new BigDecimal(in.chars(), in.offset(), in.length());
        } catch (NumberFormatException e) {
            return false; // a number by its syntax, so its exponent is beyond an int: no decimal holds it
        }
        long wholeDigits = (long) value.precision() - value.scale();
        if (value.signum() == 0 ? -value.scale() <= type.precision() - type.scale() : wholeDigits < -type.scale()) {
            out.zeros(type.bits() / Byte.SIZE);
            return true;
        }
        if (value.signum() == 0 || wholeDigits > type.precision() - type.scale()) {
            return false;
        }
        var unscaled = value.setScale(type.scale(), RoundingMode.DOWN).unscaledValue();
        WideIntegerEncoder.write(unscaled, type.bits() / Byte.SIZE, out);
        return true;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.zeros(type.bits() / Byte.SIZE);
        return true;
    }
}
