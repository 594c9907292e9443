package dev.rookery.ingest.encoding;

/** English names of months and weekdays, whole or their first three letters, and four zones; in any case. */
final class CalendarWords {

    private static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    };

    private static final String[] WEEKDAYS = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    };

    private CalendarWords() {}

    /** Whether exactly this many letters are a name. */
    static boolean isMonthOrWeekday(char[] chars, int at, int length) {
        return isName(MONTHS, chars, at, length) || isName(WEEKDAYS, chars, at, length);
    }

    /** Number of the month whose first three letters are here, or 0. */
    static int month(char[] chars, int at) {
        for (int i = 0; i < MONTHS.length; i++) {
            if (starts(MONTHS[i], chars, at, 3)) {
                return i + 1;
            }
        }
        return 0;
    }

    static boolean isZone(char[] chars, int at) {
        return is(chars, at, "UTC") || is(chars, at, "GMT") || is(chars, at, "MSK") || is(chars, at, "MSD");
    }

    /** Hours east of Greenwich. */
    static int zoneHours(char[] chars, int at) {
        return is(chars, at, "MSK") ? 3 : is(chars, at, "MSD") ? 4 : 0;
    }

    static boolean is(char[] chars, int at, String word) {
        return starts(word, chars, at, word.length());
    }

    private static boolean isName(String[] names, char[] chars, int at, int length) {
        for (var name : names) {
            if ((length == 3 || length == name.length()) && starts(name, chars, at, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean starts(String word, char[] chars, int at, int length) {
        for (int i = 0; i < length; i++) {
            if ((chars[at + i] | 0x20) != (word.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }
}
