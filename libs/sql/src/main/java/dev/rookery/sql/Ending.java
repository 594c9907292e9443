package dev.rookery.sql;

import java.util.Set;

/** Keywords that end an expression in a given place although they could otherwise be an alias or an operator. */
enum Ending {
    NONE(Set.of()),
    CASE(Set.of("WHEN", "THEN", "ELSE", "END")),
    INTERVAL(Units.UNITS),
    ARGUMENT(Set.of("FROM", "FOR", "PLACING")),
    /** The first argument of POSITION, where IN is no operator. */
    POSITION(Set.of("IN")),
    CAST(Set.of("AS")),
    FRAME(Set.of("PRECEDING", "FOLLOWING")),
    FILL(Set.of("FROM", "TO", "STEP", "STALENESS", "INTERPOLATE"));

    @SuppressWarnings("ImmutableEnumChecker") // every set is made by Set.of
    private final Set<String> keywords;

    Ending(Set<String> keywords) {
        this.keywords = keywords;
    }

    boolean endsAt(Token token) {
        return !token.keyword().isEmpty() && keywords.contains(token.keyword());
    }

    private static final class Units {
        private static final Set<String> UNITS = Set.of(
                "NANOSECOND",
                "NANOSECONDS",
                "NS",
                "SQL_TSI_NANOSECOND",
                "MICROSECOND",
                "MICROSECONDS",
                "US",
                "SQL_TSI_MICROSECOND",
                "MILLISECOND",
                "MILLISECONDS",
                "MS",
                "SQL_TSI_MILLISECOND",
                "SECOND",
                "SECONDS",
                "SS",
                "S",
                "SQL_TSI_SECOND",
                "MINUTE",
                "MINUTES",
                "MI",
                "N",
                "SQL_TSI_MINUTE",
                "HOUR",
                "HOURS",
                "HH",
                "H",
                "SQL_TSI_HOUR",
                "DAY",
                "DAYS",
                "DD",
                "D",
                "SQL_TSI_DAY",
                "WEEK",
                "WEEKS",
                "WW",
                "WK",
                "W",
                "SQL_TSI_WEEK",
                "MONTH",
                "MONTHS",
                "MM",
                "M",
                "SQL_TSI_MONTH",
                "QUARTER",
                "QUARTERS",
                "QQ",
                "Q",
                "SQL_TSI_QUARTER",
                "YEAR",
                "YEARS",
                "YYYY",
                "YY",
                "SQL_TSI_YEAR");
    }
}
