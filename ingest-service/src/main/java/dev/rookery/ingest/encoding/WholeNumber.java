package dev.rookery.ingest.encoding;

/** Reads a whole number of up to 64 bits from digits, without garbage. Reused; one thread. */
final class WholeNumber {

    private static final int SAFE_DIGITS = 18;
    private static final long MAX_TENTH = Long.divideUnsigned(-1L, 10);

    private boolean negative;
    private long magnitude;

    /** Reads {@code [+-]digits}; false if the text is anything else or exceeds 2^64 - 1. */
    boolean read(char[] chars, int offset, int length) {
        int at = offset;
        int end = offset + length;
        negative = false;
        if (at < end && (chars[at] == '-' || chars[at] == '+')) {
            negative = chars[at++] == '-';
        }
        if (at == end) {
            return false;
        }
        while (at < end - 1 && chars[at] == '0') {
            at++;
        }
        long value = 0;
        int safeEnd = Math.min(end, at + SAFE_DIGITS);
        for (; at < safeEnd; at++) {
            int digit = chars[at] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        for (; at < end; at++) {
            int digit = chars[at] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            int compared = Long.compareUnsigned(value, MAX_TENTH);
            if (compared > 0 || (compared == 0 && digit > 5)) {
                return false;
            }
            value = value * 10 + digit;
        }
        magnitude = value;
        return true;
    }

    boolean read(JsonCursor in) {
        return read(in.chars(), in.offset(), in.length());
    }

    /** Whether there was a minus sign, even before a zero. */
    boolean negative() {
        return negative;
    }

    /** Whether the number lies in [-2^(bits-1), 2^(bits-1) - 1]. */
    boolean fitsSigned(int bits) {
        long limit = 1L << (bits - 1);
        return Long.compareUnsigned(magnitude, negative ? limit : limit - 1) <= 0;
    }

    /** Whether the number lies in [0, 2^bits - 1] and has no minus sign. */
    boolean fitsUnsigned(int bits) {
        return !negative && (bits == 64 || magnitude >>> bits == 0);
    }

    /** The number, if it fits; else its low 64 bits. */
    long value() {
        return negative ? -magnitude : magnitude;
    }
}
