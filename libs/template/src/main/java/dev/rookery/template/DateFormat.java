package dev.rookery.template;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a date in a format of Python's {@code strptime}. Every directive takes all the characters it can. */
final class DateFormat {
    private static final int MAX_LENGTH = 128;
    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final int FIRST_YEAR_OF_20TH_CENTURY = 69;

    private final String text;
    private int at;
    private int year = 1900;
    private int month = 1;
    private int day = 1;
    private int hour;
    private int minute;
    private int second;
    private int nano;
    private int dayOfYear;
    private @Nullable Boolean afternoon;
    private @Nullable ZoneOffset offset;

    private DateFormat(String text) {
        this.text = text;
    }

    /**
     * The time, in UTC if the text has an offset; null if the text is not in the format.
     *
     * @throws EvaluationException if the format has an unknown directive or is too long
     */
    static @Nullable LocalDateTime parse(String text, String format) {
        if (format.length() > MAX_LENGTH) {
            throw new EvaluationException("The date format is longer than " + MAX_LENGTH + " characters");
        }
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        var parser = new DateFormat(text);
        return parser.matches(format) ? parser.time() : null;
    }

    private boolean matches(String format) {
        for (var i = 0; i < format.length(); i++) {
            var c = format.charAt(i);
            if (c == '%') {
                i++;
                if (i == format.length()) {
                    throw new EvaluationException("The date format ends in the middle of a directive");
                }
                if (!directive(format.charAt(i))) {
                    return false;
                }
            } else if (Character.isWhitespace(c)) {
                var from = at;
                while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
                if (at == from) {
                    return false;
                }
            } else if (!literal(c)) {
                return false;
            }
        }
        return at == text.length();
    }

    private boolean literal(char c) {
        // strptime ignores case, and formats such as '%SZ' are written with either.
        var same = at < text.length() && Character.toLowerCase(text.charAt(at)) == Character.toLowerCase(c);
        at += same ? 1 : 0;
        return same;
    }

    private boolean directive(char directive) {
        return switch (directive) {
            case 'Y' -> (year = number(4, 4)) >= 1;
            case 'y' -> {
                var short2 = number(2, 2);
                year = short2 < FIRST_YEAR_OF_20TH_CENTURY ? 2000 + short2 : 1900 + short2;
                yield short2 >= 0;
            }
            case 'm' -> (month = number(1, 2)) >= 1;
            case 'd' -> (day = number(1, 2)) >= 1;
            case 'H' -> (hour = number(1, 2)) >= 0;
            case 'I' -> {
                hour = number(1, 2);
                var valid = hour >= 1 && hour <= 12;
                hour %= 12;
                yield valid;
            }
            case 'M' -> (minute = number(1, 2)) >= 0;
            case 'S' -> (second = number(1, 2)) >= 0;
            case 'j' -> (dayOfYear = number(1, 3)) >= 1;
            case 'f' -> {
                var from = at;
                var digits = number(1, 6);
                for (var n = at - from; n < 9; n++) {
                    digits *= 10;
                }
                nano = digits;
                yield digits >= 0;
            }
            case 'b', 'B' -> (month = name(MONTHS) + 1) >= 1;
            case 'a', 'A' -> name(DAYS) >= 0;
            case 'p' -> {
                afternoon = at < text.length() && Character.toLowerCase(text.charAt(at)) == 'p';
                at++;
                yield at <= text.length()
                        && "ap".indexOf(Character.toLowerCase(text.charAt(at - 1))) >= 0
                        && literal('m');
            }
            case 'z' -> zone();
            case 'Z' -> {
                // strptime takes a zone's name for granted where it knows none.
                at += text.startsWith("UTC", at) || text.startsWith("GMT", at) ? 3 : 0;
                yield true;
            }
            case '%' -> literal('%');
            default -> throw new EvaluationException("'%" + directive + "' is not a directive of a date format");
        };
    }

    private int number(int least, int most) {
        var from = at;
        var number = 0;
        while (at < text.length() && at - from < most && SqlPosition.isDigit(text.charAt(at))) {
            number = number * 10 + (text.charAt(at++) - '0');
        }
        return at - from < least ? -1 : number;
    }

    private int name(List<String> names) {
        var rest = text.substring(at).toLowerCase(Locale.ROOT);
        for (var i = 0; i < names.size(); i++) {
            var full = names.get(i);
            if (rest.startsWith(full)) {
                at += full.length();
                return i;
            }
            if (rest.startsWith(full.substring(0, 3))) {
                at += 3;
                return i;
            }
        }
        return -1;
    }

    private boolean zone() {
        if (at < text.length() && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
            offset = ZoneOffset.UTC;
            return skip(1);
        }
        var end = at;
        while (end < text.length() && "+-:0123456789".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        try {
            offset = ZoneOffset.of(text.substring(at, end));
        } catch (DateTimeException _) {
            return false;
        }
        at = end;
        return true;
    }

    private boolean skip(int characters) {
        at += characters;
        return true;
    }

    private @Nullable LocalDateTime time() {
        try {
            var half = Boolean.TRUE.equals(afternoon) && hour < 12 ? 12 : 0;
            var time = LocalDateTime.of(year, month, day, hour + half, minute, second, nano);
            if (dayOfYear > 0) {
                time = time.withDayOfYear(dayOfYear);
            }
            return offset == null
                    ? time
                    : time.atOffset(offset)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDateTime();
        } catch (DateTimeException _) {
            return null;
        }
    }
}
