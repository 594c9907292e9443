package dev.rookery.template;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the dates clients send (TPL-28) and writes them as ClickHouse reads them. */
final class DateTimes {
    private static final int MAX_LENGTH = 40;
    private static final Pattern DATE_TIME = Pattern.compile("(\\d{4})-?(\\d{2})-?(\\d{2})"
            + "(?:[ Tt](\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?"
            + "\\s?([Zz]|[+-]\\d{2}:?\\d{2})?)?");

    private DateTimes() {}

    /**
     * The text that ClickHouse reads as the type, or null if this is no date. A time with an offset becomes UTC, which
     * is the time zone of columns that name none.
     */
    static @Nullable Value normalised(String text, SqlType type) {
        var stripped = text.strip();
        if (stripped.length() > MAX_LENGTH) {
            return null;
        }
        var match = DATE_TIME.matcher(stripped);
        if (!match.matches()) {
            return null;
        }
        var fraction = match.group(7) == null ? "" : match.group(7);
        LocalDateTime time;
        try {
            time = LocalDate.of(number(match.group(1)), number(match.group(2)), number(match.group(3)))
                    .atTime(number(match.group(4)), number(match.group(5)), number(match.group(6)));
            var offset = match.group(8);
            if (offset != null && !offset.equalsIgnoreCase("Z")) {
                time = time.atOffset(ZoneOffset.of(offset))
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime();
            }
        } catch (DateTimeException _) {
            return null;
        }
        var written = new StringBuilder(MAX_LENGTH);
        padded(written, time.getYear(), 4).append('-');
        padded(written, time.getMonthValue(), 2).append('-');
        padded(written, time.getDayOfMonth(), 2);
        if (type != SqlType.DATE) {
            padded(written.append(' '), time.getHour(), 2).append(':');
            padded(written, time.getMinute(), 2).append(':');
            padded(written, time.getSecond(), 2);
        }
        if (type == SqlType.DATE_TIME_64 && !fraction.isEmpty()) {
            written.append('.').append(fraction);
        }
        return new Value.Text(written.toString());
    }

    private static StringBuilder padded(StringBuilder out, int number, int width) {
        var digits = Integer.toString(number);
        for (var i = digits.length(); i < width; i++) {
            out.append('0');
        }
        return out.append(digits);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
