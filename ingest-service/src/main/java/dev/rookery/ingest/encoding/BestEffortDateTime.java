package dev.rookery.ingest.encoding;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * Reads the date and time texts that ClickHouse reads with {@code date_time_input_format=best_effort}: ISO 8601 with
 * and without zone, dates with slashes, dots or month names, 12-hour clocks, RFC 2822, and Unix times of 9, 10, 13, 16
 * or 19 digits. Reused; one thread.
 */
final class BestEffortDateTime {

    /** More digits than this would not fit the number that collects them. */
    private static final int MAX_DIGITS = 19;

    private static final int MAX_FRACTION_DIGITS = 18;

    private final LocalClock zone;
    private final Supplier<Instant> now;

    private char[] chars = {};
    private int at;
    private int end;
    private long digits;

    private final DateTimeFields fields = new DateTimeFields();

    private boolean hasFraction;
    private boolean comma;

    private long seconds;
    private long fraction;
    private int fractionDigits;

    BestEffortDateTime(LocalClock zone, Supplier<Instant> now) {
        this.zone = zone;
        this.now = now;
    }

    /** Seconds since 1970 of the text read last. */
    long seconds() {
        return seconds;
    }

    /** Digits after the seconds of the text read last, as a number of {@link #fractionDigits()} digits. */
    long fraction() {
        return fraction;
    }

    int fractionDigits() {
        return fractionDigits;
    }

    /** Reads the whole text; false if it is no date and time. */
    boolean read(char[] text, int offset, int length, boolean withFraction) {
        chars = text;
        at = offset;
        end = offset + length;
        clear();
        return isoInto() || (restart(offset) && general(withFraction));
    }

    private boolean restart(int offset) {
        at = offset;
        clear();
        return true;
    }

    private void clear() {
        fields.clear();
        fraction = 0;
        fractionDigits = 0;
        hasFraction = comma = false;
    }

    /** The form nearly every event has: {@code YYYY-MM-DD[ T]hh:mm:ss[.digits][Z]}. */
    private boolean isoInto() {
        if (end - at < 19 || end - at > 19 + 2 + MAX_FRACTION_DIGITS) {
            return false;
        }
        char separator = chars[at + 10];
        if (chars[at + 4] != '-'
                || chars[at + 7] != '-'
                || (separator != 'T' && separator != ' ')
                || chars[at + 13] != ':'
                || chars[at + 16] != ':') {
            return false;
        }
        fields.year = DateEncoder.digits(chars, at, 4);
        fields.month = DateEncoder.digits(chars, at + 5, 2);
        fields.day = DateEncoder.digits(chars, at + 8, 2);
        fields.hour = DateEncoder.digits(chars, at + 11, 2);
        fields.minute = DateEncoder.digits(chars, at + 14, 2);
        fields.second = DateEncoder.digits(chars, at + 17, 2);
        if ((fields.year | fields.month | fields.day | fields.hour | fields.minute | fields.second) < 0
                || fields.year == 0) {
            return false;
        }
        at += 19;
        if (at < end && chars[at] == '.') {
            at++;
            fractionDigits = readDigits(MAX_FRACTION_DIGITS);
            fraction = digits;
        }
        if (at < end && chars[at] == 'Z') {
            fields.hasOffset = true;
            at++;
        }
        return at == end && finished();
    }

    private boolean general(boolean withFraction) {
        while (at < end) {
            if (fields.hasTime == (fields.year == 0) && chars[at] == ',') {
                comma = true;
                if (++at == end) {
                    break;
                }
            }
            int count = 0;
            if (fields.year == 0 || !fields.hasTime) {
                count = readDigits(MAX_DIGITS);
                if (fields.year == 0 && !fields.hasTime && isUnixTime(count)) {
                    return unixTime(count, withFraction);
                }
                if (count > 0) {
                    var read = number(count);
                    if (read == Outcome.FAIL) {
                        return false;
                    }
                    if (read == Outcome.STOP) {
                        break;
                    }
                    if (read == Outcome.SYMBOL_NEXT) {
                        count = 0;
                    }
                }
            }
            if (count == 0 && at < end) {
                var read = symbol();
                if (read == Outcome.FAIL) {
                    return false;
                }
                if (read == Outcome.STOP) {
                    break;
                }
            }
        }
        boolean nothing = fields.year == 0 && fields.month == 0 && fields.day == 0 && !fields.hasTime;
        boolean afterComma = comma && (!fields.hasTime || fields.year == 0 || fields.month == 0 || fields.day == 0);
        return at == end && !nothing && !afterComma && finished();
    }

    private enum Outcome {
        GO_ON,
        /** What follows must not be a digit. */
        SYMBOL_NEXT,
        STOP,
        FAIL
    }

    private static boolean isUnixTime(int count) {
        return count == 9 || count == 10 || count == 13 || count == 16 || count == 19;
    }

    private boolean unixTime(int count, boolean withFraction) {
        int extra = Math.max(0, count - 10);
        long unit = power(extra);
        seconds = digits / unit;
        fraction = digits % unit;
        fractionDigits = extra;
        if (extra == 0 && withFraction && at < end && chars[at] == '.') {
            at++;
            fractionDigits = Math.min(MAX_FRACTION_DIGITS, readDigits(MAX_FRACTION_DIGITS));
            fraction = digits;
        }
        return at == end;
    }

    private Outcome number(int count) {
        return switch (count) {
            case 14 -> {
                if (fields.year != 0 || fields.hasTime) {
                    yield Outcome.FAIL;
                }
                long date = digits / 1_000_000;
                fields.date((int) date);
                fields.time((int) (digits % 1_000_000));
                yield Outcome.GO_ON;
            }
            case 8 -> {
                if (fields.year != 0) {
                    yield Outcome.FAIL;
                }
                fields.date((int) digits);
                yield Outcome.GO_ON;
            }
            case 6 -> sixDigits();
            case 4 -> fields.year == 0 ? yearFirst() : Outcome.FAIL;
            case 1, 2 -> oneOrTwoDigits((int) digits);
            default -> Outcome.FAIL;
        };
    }

    private Outcome sixDigits() {
        if (fields.year == 0 && fields.month == 0) {
            fields.year = (int) digits / 100;
            fields.month = (int) digits % 100;
        } else if (!fields.hasTime) {
            fields.time((int) digits);
        } else {
            return Outcome.FAIL;
        }
        return Outcome.GO_ON;
    }

    /** {@code YYYY}, {@code YYYY-MM}, {@code YYYY-MM-DD} with any one separator. */
    private Outcome yearFirst() {
        fields.year = (int) digits;
        if (at == end) {
            return Outcome.GO_ON;
        }
        char separator = chars[at];
        if (separator < 0x20 || separator == ',' || separator == ';' || separator == '\'' || separator == '"') {
            return Outcome.STOP;
        }
        if (fields.month != 0) {
            return Outcome.GO_ON;
        }
        at++;
        int count = readDigits(MAX_DIGITS);
        if (count != 1 && count != 2) {
            return separator == ' ' ? Outcome.GO_ON : Outcome.FAIL;
        }
        fields.month = (int) digits;
        if (fields.day == 0 && accept(separator)) {
            count = readDigits(MAX_DIGITS);
            if (count != 1 && count != 2) {
                return separator == ' ' ? Outcome.GO_ON : Outcome.FAIL;
            }
            fields.day = (int) digits;
        }
        return Outcome.GO_ON;
    }

    private Outcome oneOrTwoDigits(int value) {
        if (accept(':')) {
            return fields.hasTime ? Outcome.FAIL : clock(value);
        }
        if (accept(',')) {
            if (fields.month != 0 && fields.day == 0) {
                fields.day = value;
            }
            return Outcome.GO_ON;
        }
        if (at < end && isDateSeparator(chars[at])) {
            at++;
            return dayFirst(value);
        }
        if (fields.day != 0) {
            fields.hour = value;
        } else {
            fields.day = value;
        }
        return Outcome.GO_ON;
    }

    private Outcome clock(int hours) {
        fields.hour = hours;
        fields.hasTime = true;
        int count = readDigits(MAX_DIGITS);
        if (count != 1 && count != 2) {
            return Outcome.FAIL;
        }
        fields.minute = (int) digits;
        if (accept(':')) {
            count = readDigits(MAX_DIGITS);
            if (count != 1 && count != 2) {
                return Outcome.FAIL;
            }
            fields.second = (int) digits;
        }
        return Outcome.GO_ON;
    }

    /** {@code DD/MM/YYYY} and its kin; with a month above 12, the two change places. */
    private Outcome dayFirst(int value) {
        if (fields.day != 0 || fields.month != 0) {
            return Outcome.FAIL;
        }
        fields.day = value;
        int count = readDigits(MAX_DIGITS);
        if (count == 1 || count == 2) {
            fields.month = (int) digits;
        } else if (count == 0) {
            fields.month = wholeMonthName();
            if (fields.month == 0) {
                return Outcome.FAIL;
            }
        } else {
            return Outcome.FAIL;
        }
        if (fields.month > 12) {
            int swapped = fields.month;
            fields.month = fields.day;
            fields.day = swapped;
        }
        if (at < end && isDateSeparator(chars[at])) {
            at++;
            if (fields.year != 0) {
                return Outcome.FAIL;
            }
            count = readDigits(MAX_DIGITS);
            if (count == 4) {
                fields.year = (int) digits;
            } else if (count == 2) {
                fields.year = (int) digits + (digits >= 70 ? 1900 : 2000);
            } else {
                return Outcome.FAIL;
            }
            return Outcome.GO_ON;
        }
        return count == 0 ? Outcome.SYMBOL_NEXT : Outcome.GO_ON;
    }

    private int wholeMonthName() {
        int start = at;
        int length = readWord();
        return CalendarWords.isMonthOrWeekday(chars, start, length) ? CalendarWords.month(chars, start) : 0;
    }

    private Outcome symbol() {
        char c = chars[at];
        if (c == ' ' || (c == 'T' && fields.year != 0 && !fields.hasTime)) {
            at++;
            return Outcome.GO_ON;
        }
        if (c == 'Z') {
            at++;
            fields.hasOffset = true;
            return Outcome.GO_ON;
        }
        if (c == '.') {
            return fractionOfSecond();
        }
        if (c == '+' || c == '-') {
            at++;
            return offset(c == '-');
        }
        return word();
    }

    private Outcome fractionOfSecond() {
        if (!fields.hasTime || hasFraction) {
            return Outcome.FAIL;
        }
        hasFraction = true;
        at++;
        int start = at;
        int count = readDigits(MAX_FRACTION_DIGITS);
        fraction = digits;
        fractionDigits = count;
        while (at < end && at - start < MAX_DIGITS && isDigit(chars[at])) {
            at++;
        }
        return Outcome.GO_ON;
    }

    private Outcome offset(boolean negative) {
        int count = readDigits(MAX_DIGITS);
        if (count == 6 && !fields.hasTime && fields.year != 0 && fields.month != 0 && fields.day != 0) {
            fields.time((int) digits);
            return Outcome.GO_ON;
        }
        fields.hasOffset = true;
        fields.offsetNegative |= negative;
        if (count == 3 || count == 4) {
            fields.addOffset((int) digits / 100, (int) digits % 100);
        } else if (count == 1 || count == 2) {
            fields.addOffset((int) digits, 0);
            if (accept(':')) {
                count = readDigits(MAX_DIGITS);
                if (count != 1 && count != 2) {
                    return Outcome.FAIL;
                }
                fields.addOffset(0, (int) digits);
            }
        } else {
            return Outcome.FAIL;
        }
        return Outcome.GO_ON;
    }

    private Outcome word() {
        int start = at;
        int length = readWord();
        if (length == 0) {
            return Outcome.STOP;
        }
        if (length == 2) {
            fields.am |= CalendarWords.is(chars, start, "AM");
            fields.pm |= CalendarWords.is(chars, start, "PM");
            return CalendarWords.is(chars, start, "AM") || CalendarWords.is(chars, start, "PM")
                    ? Outcome.GO_ON
                    : Outcome.FAIL;
        }
        if (length == 3 && CalendarWords.isZone(chars, start)) {
            fields.hasOffset = true;
            int hours = CalendarWords.zoneHours(chars, start);
            fields.offsetHours = hours == 0 ? fields.offsetHours : hours;
            return Outcome.GO_ON;
        }
        if (!CalendarWords.isMonthOrWeekday(chars, start, length)) {
            return Outcome.FAIL;
        }
        int named = CalendarWords.month(chars, start);
        if (named != 0) {
            fields.month = named;
        } else {
            accept(',');
        }
        return Outcome.GO_ON;
    }

    private boolean finished() {
        if (!fields.complete(zone, now)) {
            return false;
        }
        seconds = fields.seconds(zone);
        return true;
    }

    private boolean accept(char c) {
        if (at == end || chars[at] != c) {
            return false;
        }
        at++;
        return true;
    }

    private int readDigits(int max) {
        int start = at;
        digits = 0;
        while (at < end && at - start < max && isDigit(chars[at])) {
            digits = digits * 10 + (chars[at++] - '0');
        }
        return at - start;
    }

    private int readWord() {
        int start = at;
        while (at < end && isLetter(chars[at])) {
            at++;
        }
        return at - start;
    }

    private static boolean isDateSeparator(char c) {
        return c == '/' || c == '.' || c == '-';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static long power(int exponent) {
        long value = 1;
        for (int i = 0; i < exponent; i++) {
            value *= 10;
        }
        return value;
    }
}
