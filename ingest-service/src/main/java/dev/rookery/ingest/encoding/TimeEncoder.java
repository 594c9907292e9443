package dev.rookery.ingest.encoding;

/**
 * Time and Time64: {@code [-]hhh:mm:ss}, {@code [-]mm:ss}, {@code [-]ss} as text, with a fraction for Time64, or
 * a whole number of seconds or ticks. Beyond 999:59:59 it does not fit.
 */
final class TimeEncoder implements ValueEncoder {

    private static final long MAX_SECONDS = 999 * 3600 + 59 * 60 + 59;

    private final boolean wide;
    private final int precision;
    private final WholeNumber number = new WholeNumber();

    /** Precision 0 to 9 for Time64, 0 for Time. */
    TimeEncoder(boolean wide, int precision) {
        this.wide = wide;
        this.precision = precision;
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        return switch (in.token()) {
            case VALUE_NUMBER_INT -> number.read(in) && number.fitsSigned(64) && write(number.value(), out);
            case VALUE_STRING -> text(in.chars(), in.offset(), in.offset() + in.length(), out);
            default -> false;
        };
    }

    private boolean text(char[] chars, int from, int end, RowBuffer out) {
        boolean negative = from < end && chars[from] == '-';
        int at = negative ? from + 1 : from;
        int point = at;
        while (point < end && chars[point] != '.') {
            point++;
        }
        long seconds = clock(chars, at, point);
        long fraction = point == end ? 0 : wide ? fraction(chars, point + 1, end) : -1;
        if (seconds < 0 || fraction < 0) {
            return false;
        }
        long ticks = seconds * power(precision) + fraction;
        return write(negative ? -ticks : ticks, out);
    }

    private static long clock(char[] chars, int from, int end) {
        int length = end - from;
        if (length >= 7 && length <= 9 && chars[end - 3] == ':' && chars[end - 6] == ':') {
            int hours = DateEncoder.digits(chars, from, length - 6);
            return sum(hours, DateEncoder.digits(chars, end - 5, 2), chars, end);
        }
        if ((length == 4 || length == 5) && chars[end - 3] == ':') {
            return sum(0, DateEncoder.digits(chars, from, length - 3), chars, end);
        }
        return length == 1 || length == 2 ? DateEncoder.digits(chars, from, length) : -1;
    }

    private static long sum(int hours, int minutes, char[] chars, int end) {
        int seconds = DateEncoder.digits(chars, end - 2, 2);
        return (hours | minutes | seconds) < 0 ? -1 : hours * 3600L + minutes * 60L + seconds;
    }

    private long fraction(char[] chars, int from, int end) {
        int kept = Math.min(end - from, precision);
        for (int i = from + kept; i < end; i++) {
            if (chars[i] < '0' || chars[i] > '9') {
                return -1;
            }
        }
        int digits = DateEncoder.digits(chars, from, kept);
        return digits < 0 ? -1 : digits * power(precision - kept);
    }

    private boolean write(long ticks, RowBuffer out) {
        long limit = (MAX_SECONDS + 1) * power(precision);
        if (ticks >= limit || ticks <= -limit) {
            return false;
        }
        if (wide) {
            out.int64(ticks);
        } else {
            out.int32((int) ticks);
        }
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
        out.zeros(wide ? 8 : 4);
        return true;
    }
}
