package dev.rookery.ingest.encoding;

/**
 * Date and Date32: {@code YYYY-MM-DD} with one or two digits for month and day and any separator, {@code YYYYMMDD},
 * or days since 1970 as a number. What is no day of the calendar, or outside the type's range, does not fit
 * (ClickHouse would store another day).
 */
final class DateEncoder implements ValueEncoder {

    private static final long MAX_DATE = 65_535;
    private static final long MIN_DATE32 = LocalClock.epochDay(1900, 1, 1);
    private static final long MAX_DATE32 = LocalClock.epochDay(2299, 12, 31);

    private final boolean wide;
    private final WholeNumber number = new WholeNumber();

    DateEncoder(boolean wide) {
        this.wide = wide;
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        return switch (in.token()) {
            case VALUE_STRING -> text(in.chars(), in.offset(), in.length(), out);
            case VALUE_NUMBER_INT ->
                number.read(in) && number.fitsSigned(32) && !(number.negative() && !wide) && write(number.value(), out);
            case VALUE_TRUE -> write(1, out);
            case VALUE_FALSE -> write(0, out);
            default -> false;
        };
    }

    private boolean text(char[] chars, int offset, int length, RowBuffer out) {
        int end = offset + length;
        if (length < 8 || length > 10) {
            return false;
        }
        int year = digits(chars, offset, 4);
        if (year < 0) {
            return false;
        }
        if (length == 8 && isDigit(chars[offset + 4])) {
            return day(year, digits(chars, offset + 4, 2), digits(chars, offset + 6, 2), out);
        }
        int at = offset + 4;
        if (isDigit(chars[at++])) {
            return false;
        }
        int monthDigits = at + 1 < end && isDigit(chars[at + 1]) ? 2 : 1;
        int month = digits(chars, at, monthDigits);
        at += monthDigits;
        if (month < 0 || at >= end || isDigit(chars[at])) {
            return false;
        }
        at++;
        int dayDigits = end - at;
        return (dayDigits == 1 || dayDigits == 2) && day(year, month, digits(chars, at, dayDigits), out);
    }

    private boolean day(int year, int month, int day, RowBuffer out) {
        return LocalClock.isDate(year, month, day) && write(LocalClock.epochDay(year, month, day), out);
    }

    private boolean write(long epochDay, RowBuffer out) {
        if (wide) {
            if (epochDay < MIN_DATE32 || epochDay > MAX_DATE32) {
                return false;
            }
            out.int32((int) epochDay);
        } else {
            if (epochDay < 0 || epochDay > MAX_DATE) {
                return false;
            }
            out.int16((int) epochDay);
        }
        return true;
    }

    /** The number that so many digits make, or -1. */
    static int digits(char[] chars, int offset, int count) {
        int value = 0;
        for (int i = offset; i < offset + count; i++) {
            if (!isDigit(chars[i])) {
                return -1;
            }
            value = value * 10 + (chars[i] - '0');
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.zeros(wide ? 4 : 2);
        return true;
    }
}
