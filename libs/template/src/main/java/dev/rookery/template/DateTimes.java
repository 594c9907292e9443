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
        var date = "%04d-%02d-%02d".formatted(time.getYear(), time.getMonthValue(), time.getDayOfMonth());
        if (type == SqlType.DATE) {
            return new Value.Text(date);
        }
        var dateTime = "%s %02d:%02d:%02d".formatted(date, time.getHour(), time.getMinute(), time.getSecond());
        return new Value.Text(type == SqlType.DATE_TIME || fraction.isEmpty() ? dateTime : dateTime + "." + fraction);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
