package dev.rookery.ingest.encoding;

import tools.jackson.core.JsonToken;

/**
 * DateTime64: a best-effort text, whose digits beyond the precision are cut off, or a whole number of ticks. It does
 * not fit if the ticks exceed 64 bits.
 */
final class DateTime64Encoder implements ValueEncoder {

    private final BestEffortDateTime text;
    private final int precision;
    private final long ticksPerSecond;
    private final WholeNumber number = new WholeNumber();

    DateTime64Encoder(BestEffortDateTime text, int precision) {
        this.text = text;
        this.precision = precision;
        this.ticksPerSecond = power(precision);
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() == JsonToken.VALUE_NUMBER_INT) {
            if (!number.read(in) || !number.fitsSigned(64)) {
                return false;
            }
            out.int64(number.value());
            return true;
        }
        return in.token() == JsonToken.VALUE_STRING
                && text.read(in.chars(), in.offset(), in.length(), true)
                && write(out);
    }

    private boolean write(RowBuffer out) {
        long fraction = text.fraction();
        int digits = text.fractionDigits();
        fraction = digits > precision ? fraction / power(digits - precision) : fraction * power(precision - digits);
        long ticks = text.seconds() * ticksPerSecond;
        long sum = ticks + fraction;
        boolean exact = Math.multiplyHigh(text.seconds(), ticksPerSecond) == ticks >> 63;
        if (!exact || sum < ticks) {
            return false;
        }
        out.int64(sum);
        return true;
    }

    private static long power(int exponent) {
        long value = 1;
        for (int i = 0; i < exponent; i++) {
            value *= 10;
        }
        return value;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.zeros(8);
        return true;
    }
}
