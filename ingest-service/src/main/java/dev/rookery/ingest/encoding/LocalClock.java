package dev.rookery.ingest.encoding;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/** Local times of a zone as ClickHouse turns them into seconds since 1970. */
final class LocalClock {

    static final int DAY = 86_400;

    private final ZoneRules rules;
    private final long fixedOffset;
    private final boolean fixed;

    LocalClock(ZoneId zone) {
        rules = zone.getRules();
        fixed = rules.isFixedOffset();
        fixedOffset = fixed ? rules.getOffset(Instant.EPOCH).getTotalSeconds() : 0;
    }

    /** Of a time that was skipped or happened twice, ClickHouse takes the later offset or the first occurrence. */
    long epochSeconds(long epochDay, int secondOfDay) {
        long local = epochDay * DAY + secondOfDay;
        if (fixed) {
            return local - fixedOffset;
        }
        var dateTime = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
        var transition = rules.getTransition(dateTime);
        if (transition == null) {
            return local - rules.getOffset(dateTime).getTotalSeconds();
        }
        var offset = transition.isGap() ? transition.getOffsetAfter() : transition.getOffsetBefore();
        return local - offset.getTotalSeconds();
    }

    LocalDate today(Instant now) {
        return LocalDate.ofEpochDay(
                Math.floorDiv(now.getEpochSecond() + rules.getOffset(now).getTotalSeconds(), DAY));
    }

    static boolean isDate(int year, int month, int day) {
        return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days from 1970-01-01 to a date of the Gregorian calendar. */
    static long epochDay(int year, int month, int day) {
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }
}
