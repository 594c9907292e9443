package dev.rookery.ingest.encoding;

import dev.rookery.clickhouse.types.ColumnType.IntegerType;
import java.math.BigInteger;

/** Integers of 128 and 256 bits. */
final class WideIntegerEncoder implements ValueEncoder {

    private final int bits;
    private final boolean signed;
    private final WholeNumber number = new WholeNumber();

    WideIntegerEncoder(IntegerType type) {
        bits = type.bits();
        signed = type.signed();
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        return switch (in.token()) {
            case VALUE_NUMBER_INT, VALUE_STRING -> text(in, out);
            case VALUE_TRUE -> write(1, out);
            case VALUE_FALSE -> write(0, out);
            default -> false;
        };
    }

    private boolean text(JsonCursor in, RowBuffer out) {
        if (number.read(in)) {
            if (number.negative() && !signed) {
                return false;
            }
            if (number.fitsSigned(64)) {
                return write(number.value(), out);
            }
        }
        if (in.textIs("true") || in.textIs("false")) {
            return write(in.textIs("true") ? 1 : 0, out);
        }
        if (!isWholeNumber(in)) {
            return false;
        }
        var value = new BigInteger(in.text());
        boolean fits = signed ? value.bitLength() < bits : value.signum() >= 0 && value.bitLength() <= bits;
        if (fits) {
            write(value, bits / Byte.SIZE, out);
        }
        return fits;
    }

    /** BigInteger would take other scripts' digits too, and quadratic time for a text without end. */
    private static boolean isWholeNumber(JsonCursor in) {
        var chars = in.chars();
        int start = in.offset();
        int end = start + in.length();
        if (start < end && (chars[start] == '-' || chars[start] == '+')) {
            start++;
        }
        if (start == end || end - start > JsonCursor.MAX_NUMBER_LENGTH) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (chars[i] < '0' || chars[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private boolean write(long value, RowBuffer out) {
        out.int64(value);
        for (int i = 1; i < bits / Long.SIZE; i++) {
            out.int64(value >> 63);
        }
        return true;
    }

    /** Two's complement, least significant byte first. */
    static void write(BigInteger value, int width, RowBuffer out) {
        var bigEndian = value.toByteArray();
        for (int i = 0; i < width; i++) {
            int index = bigEndian.length - 1 - i;
            out.int8(index >= 0 ? bigEndian[index] : value.signum() >> 31);
        }
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        return write(0, out);
    }
}
