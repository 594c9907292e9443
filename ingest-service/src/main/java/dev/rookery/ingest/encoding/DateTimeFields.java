package dev.rookery.ingest.encoding;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** The parts of a date and time as they are found in a text; 0 is "not found yet" for year, month and day. */
final class DateTimeFields {

    private static final LocalClock UTC = new LocalClock(ZoneOffset.UTC);

    int year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
    boolean hasTime;
    boolean am;
    boolean pm;
    boolean hasOffset;
    boolean offsetNegative;
    int offsetHours;
    int offsetMinutes;

    void clear() {
        year = month = day = hour = minute = second = offsetHours = offsetMinutes = 0;
        hasTime = am = pm = hasOffset = offsetNegative = false;
    }

    /** Adds: a stray number before such a date counts, as in ClickHouse. */
    void date(int yyyymmdd) {
        year = yyyymmdd / 10_000;
        month += yyyymmdd / 100 % 100;
        day += yyyymmdd % 100;
    }

    /** Adds, like {@link #date}. */
    void time(int hhmmss) {
        hour += hhmmss / 10_000;
        minute += hhmmss / 100 % 100;
        second += hhmmss % 100;
        hasTime = true;
    }

    /** A second offset adds to the first, and one minus sign holds for all: so ClickHouse reads texts that have two. */
    void addOffset(int hours, int minutes) {
        offsetHours = (offsetHours + hours) & 0xFF;
        offsetMinutes = (offsetMinutes + minutes) & 0xFF;
    }

    /**
     * Fills in what is missing: the first of the month, January, and the year in which that day was last. False if the
     * date is not in the calendar.
     */
    boolean complete(LocalClock zone, Supplier<Instant> now) {
        day = day == 0 ? 1 : day;
        month = month == 0 ? 1 : month;
        if (year == 0) {
            var today = zone.today(now.get());
            year = today.getYear();
            if (LocalClock.isDate(year, month, day) && LocalClock.epochDay(year, month, day) > today.toEpochDay()) {
                year--;
            }
        }
        if (am && hour == 12) {
            hour = 0;
        }
        if (pm && hour < 12) {
            hour += 12;
        }
        return LocalClock.isDate(year, month, day);
    }

    /** Seconds since 1970 of a complete date, in its own offset or else in the zone; hours may exceed the day. */
    long seconds(LocalClock zone) {
        var clock = hasOffset ? UTC : zone;
        int secondOfDay = hour * 3600 + minute * 60 + second;
        int offset = offsetHours * 3600 + offsetMinutes * 60;
        return clock.epochSeconds(LocalClock.epochDay(year, month, day), secondOfDay)
                + (offsetNegative ? offset : -offset);
    }
}
