package dev.rookery.datafile;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Schedules: a word such as {@code @on-demand}, or a cron expression of five fields, whose values others check. */
final class Schedule {

    private static final Pattern CRON = Pattern.compile("[0-9A-Za-z*/,\\-?#]+(\\s+[0-9A-Za-z*/,\\-?#]+){4}");

    private Schedule() {}

    static void check(String name, Located<String> schedule, Set<String> words, Problems problems) {
        var value = schedule.value();
        var fine = value.contains("{{")
                || words.contains(value.toLowerCase(Locale.ROOT))
                || CRON.matcher(value).matches();
        if (!fine) {
            problems.error(
                    schedule.at(),
                    name + " is " + Quoted.shortened(value) + ", expected " + String.join(", ", new TreeSet<>(words))
                            + " or a cron expression of five fields, such as */10 * * * *");
        }
    }
}
