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
    private final LocalClock utc = new LocalClock(java.time.ZoneOffset.UTC);
    private final Supplier<Instant> now;

    private char[] chars = {};
    private int at;
    private int end;
    private long digits;

    private int year;
    private int month;
    private int day;
    private int hour;
    private int minute;
    private int second;
    private boolean hasTime;
    private boolean hasFraction;
    private boolean hasOffset;
    private boolean offsetNegative;
    private int offsetHours;
    private int offsetMinutes;
    private boolean am;
    private boolean pm;
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
        year = month = day = hour = minute = second = offsetHours = offsetMinutes = fractionDigits = 0;
        fraction = 0;
        hasTime = hasFraction = hasOffset = offsetNegative = am = pm = comma = false;
        return isoInto() || (restart(offset) && general(withFraction));
    }

    private boolean restart(int offset) {
        at = offset;
        year = month = day = hour = minute = second = fractionDigits = 0;
        fraction = 0;
        hasTime = hasFraction = hasOffset = false;
        return true;
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
        year = DateEncoder.digits(chars, at, 4);
        month = DateEncoder.digits(chars, at + 5, 2);
        day = DateEncoder.digits(chars, at + 8, 2);
        hour = DateEncoder.digits(chars, at + 11, 2);
        minute = DateEncoder.digits(chars, at + 14, 2);
        second = DateEncoder.digits(chars, at + 17, 2);
        if ((year | month | day | hour | minute | second) < 0 || year == 0) {
            return false;
        }
        at += 19;
        if (at < end && chars[at] == '.') {
            at++;
            fractionDigits = readDigits(MAX_FRACTION_DIGITS);
            fraction = digits;
        }
        if (at < end && chars[at] == 'Z') {
            hasOffset = true;
            at++;
        }
        return at == end && finish();
    }

    private boolean general(boolean withFraction) {
        while (at < end) {
            if (hasTime == (year == 0) && chars[at] == ',') {
                comma = true;
                if (++at == end) {
                    break;
                }
            }
            int count = 0;
            if (year == 0 || !hasTime) {
                count = readDigits(MAX_DIGITS);
                if (year == 0 && !hasTime && isUnixTime(count)) {
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
        boolean nothing = year == 0 && month == 0 && day == 0 && !hasTime;
        boolean afterComma = comma && (!hasTime || year == 0 || month == 0 || day == 0);
        return at == end && !nothing && !afterComma && finish();
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
                if (year != 0 || hasTime) {
                    yield Outcome.FAIL;
                }
                long date = digits / 1_000_000;
                date((int) date);
                time((int) (digits % 1_000_000));
                yield Outcome.GO_ON;
            }
            case 8 -> {
                if (year != 0) {
                    yield Outcome.FAIL;
                }
                date((int) digits);
                yield Outcome.GO_ON;
            }
            case 6 -> sixDigits();
            case 4 -> year == 0 ? yearFirst() : Outcome.FAIL;
            case 1, 2 -> oneOrTwoDigits((int) digits);
            default -> Outcome.FAIL;
        };
    }

    private void date(int yyyymmdd) {
        year = yyyymmdd / 10_000;
        month += yyyymmdd / 100 % 100;
        day += yyyymmdd % 100;
    }

    private void time(int hhmmss) {
        hour += hhmmss / 10_000;
        minute += hhmmss / 100 % 100;
        second += hhmmss % 100;
        hasTime = true;
    }

    private Outcome sixDigits() {
        if (year == 0 && month == 0) {
            year = (int) digits / 100;
            month = (int) digits % 100;
        } else if (!hasTime) {
            time((int) digits);
        } else {
            return Outcome.FAIL;
        }
        return Outcome.GO_ON;
    }

    /** {@code YYYY}, {@code YYYY-MM}, {@code YYYY-MM-DD} with any one separator. */
    private Outcome yearFirst() {
        year = (int) digits;
        if (at == end) {
            return Outcome.GO_ON;
        }
        char separator = chars[at];
        if (separator < 0x20 || separator == ',' || separator == ';' || separator == '\'' || separator == '"') {
            return Outcome.STOP;
        }
        if (month != 0) {
            return Outcome.GO_ON;
        }
        at++;
        int count = readDigits(MAX_DIGITS);
        if (count != 1 && count != 2) {
            return separator == ' ' ? Outcome.GO_ON : Outcome.FAIL;
        }
        month = (int) digits;
        if (day == 0 && accept(separator)) {
            count = readDigits(MAX_DIGITS);
            if (count != 1 && count != 2) {
                return separator == ' ' ? Outcome.GO_ON : Outcome.FAIL;
            }
            day = (int) digits;
        }
        return Outcome.GO_ON;
    }

    private Outcome oneOrTwoDigits(int value) {
        if (accept(':')) {
            return hasTime ? Outcome.FAIL : clock(value);
        }
        if (accept(',')) {
            if (month != 0 && day == 0) {
                day = value;
            }
            return Outcome.GO_ON;
        }
        if (at < end && isDateSeparator(chars[at])) {
            at++;
            return dayFirst(value);
        }
        if (day != 0) {
            hour = value;
        } else {
            day = value;
        }
        return Outcome.GO_ON;
    }

    private Outcome clock(int hours) {
        hour = hours;
        hasTime = true;
        int count = readDigits(MAX_DIGITS);
        if (count != 1 && count != 2) {
            return Outcome.FAIL;
        }
        minute = (int) digits;
        if (accept(':')) {
            count = readDigits(MAX_DIGITS);
            if (count != 1 && count != 2) {
                return Outcome.FAIL;
            }
            second = (int) digits;
        }
        return Outcome.GO_ON;
    }

    /** {@code DD/MM/YYYY} and its kin; with a month above 12, the two change places. */
    private Outcome dayFirst(int value) {
        if (day != 0 || month != 0) {
            return Outcome.FAIL;
        }
        day = value;
        int count = readDigits(MAX_DIGITS);
        if (count == 1 || count == 2) {
            month = (int) digits;
        } else if (count == 0) {
            month = wholeMonthName();
            if (month == 0) {
                return Outcome.FAIL;
            }
        } else {
            return Outcome.FAIL;
        }
        if (month > 12) {
            int swapped = month;
            month = day;
            day = swapped;
        }
        if (at < end && isDateSeparator(chars[at])) {
            at++;
            if (year != 0) {
                return Outcome.FAIL;
            }
            count = readDigits(MAX_DIGITS);
            if (count == 4) {
                year = (int) digits;
            } else if (count == 2) {
                year = (int) digits + (digits >= 70 ? 1900 : 2000);
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
        if (c == ' ' || (c == 'T' && year != 0 && !hasTime)) {
            at++;
            return Outcome.GO_ON;
        }
        if (c == 'Z') {
            at++;
            hasOffset = true;
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
        if (!hasTime || hasFraction) {
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
        if (count == 6 && !hasTime && year != 0 && month != 0 && day != 0) {
            time((int) digits);
            return Outcome.GO_ON;
        }
        hasOffset = true;
        offsetNegative |= negative;
        if (count == 3 || count == 4) {
            addOffset((int) digits / 100, (int) digits % 100);
        } else if (count == 1 || count == 2) {
            addOffset((int) digits, 0);
            if (accept(':')) {
                count = readDigits(MAX_DIGITS);
                if (count != 1 && count != 2) {
                    return Outcome.FAIL;
                }
                addOffset(0, (int) digits);
            }
        } else {
            return Outcome.FAIL;
        }
        return Outcome.GO_ON;
    }

    /** A second offset adds to the first, and one minus sign holds for all: so ClickHouse reads texts that have two. */
    private void addOffset(int hours, int minutes) {
        offsetHours = (offsetHours + hours) & 0xFF;
        offsetMinutes = (offsetMinutes + minutes) & 0xFF;
    }

    private Outcome word() {
        int start = at;
        int length = readWord();
        if (length == 0) {
            return Outcome.STOP;
        }
        if (length == 2) {
            am |= CalendarWords.is(chars, start, "AM");
            pm |= CalendarWords.is(chars, start, "PM");
            return CalendarWords.is(chars, start, "AM") || CalendarWords.is(chars, start, "PM")
                    ? Outcome.GO_ON
                    : Outcome.FAIL;
        }
        if (length == 3 && CalendarWords.isZone(chars, start)) {
            hasOffset = true;
            int hours = CalendarWords.zoneHours(chars, start);
            offsetHours = hours == 0 ? offsetHours : hours;
            return Outcome.GO_ON;
        }
        if (!CalendarWords.isMonthOrWeekday(chars, start, length)) {
            return Outcome.FAIL;
        }
        int named = CalendarWords.month(chars, start);
        if (named != 0) {
            month = named;
        } else {
            accept(',');
        }
        return Outcome.GO_ON;
    }

    private boolean finish() {
        day = day == 0 ? 1 : day;
        month = month == 0 ? 1 : month;
        if (year == 0) {
            var today = zone.today(now.get());
            year = today.getYear();
            if (LocalClock.isDate(year, month, day) && LocalClock.epochDay(year, month, day) > today.toEpochDay()) {
                year--;
            }
        }
        if (!LocalClock.isDate(year, month, day)) {
            return false;
        }
        if (am && hour == 12) {
            hour = 0;
        }
        if (pm && hour < 12) {
            hour += 12;
        }
        var clock = hasOffset ? utc : zone;
        int secondOfDay = hour * 3600 + minute * 60 + second;
        int offset = offsetHours * 3600 + offsetMinutes * 60;
        seconds = clock.epochSeconds(LocalClock.epochDay(year, month, day), secondOfDay)
                + (offsetNegative ? offset : -offset);
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
