package dev.rookery.ingest.events;

import dev.rookery.clickhouse.defaults.AcceptedDefaults;
import dev.rookery.clickhouse.types.ColumnType;
import dev.rookery.ingest.encoding.AcceptanceValue;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Defaults that would give another answer on every attempt, decided when a row is accepted (ALGORITHMS.md 4). Covered
 * are plain calls of {@code now}, {@code now64}, {@code today}, {@code yesterday}, {@code generateUUIDv4},
 * {@code generateUUIDv7}, {@code rand}, {@code rand32} and {@code rand64}, also below {@code toDateTime},
 * {@code toDateTime64}, {@code toDate}, {@code toDate32} and {@code toString}. What is more than that the table computes,
 * out of what is decided here: {@link dev.rookery.clickhouse.defaults.AcceptedDefaults}.
 */
final class AcceptanceDefaults {
    private static final Pattern WRAPPED =
            Pattern.compile("(toDateTime|toDateTime64|toDate|toDate32|toString)\\s*\\(\\s*(\\w+\\s*\\([^()]*\\))"
                    + "\\s*(?:,\\s*\\d\\s*)?\\)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\s*\\(\\s*([^()]*?)\\s*\\)");
    private static final int DEFAULT_NOW64_PRECISION = 3;

    private AcceptanceDefaults() {}

    /** What to write instead of the default; empty when ClickHouse may evaluate it as often as it likes. */
    static Optional<AcceptanceValue> of(String expression, ColumnType type) {
        if (!AcceptedDefaults.isDecidedByEncoder(expression, type)) {
            return Optional.empty();
        }
        String text = expression.strip();
        Matcher wrapped = WRAPPED.matcher(text);
        Matcher call = CALL.matcher(wrapped.matches() ? wrapped.group(2) : text);
        if (!call.matches()) {
            return Optional.empty();
        }
        String argument = call.group(2);
        return switch (call.group(1).toLowerCase(Locale.ROOT)) {
            case "now", "today", "current_timestamp" -> MomentValue.of(type, 0, 0);
            case "now64" -> MomentValue.of(type, precision(argument), 0);
            case "yesterday" -> MomentValue.of(type, 0, -1);
            case "generateuuidv4" -> RandomValue.uuid4(type);
            case "generateuuidv7" -> RandomValue.uuid7(type);
            case "rand", "rand32" -> RandomValue.number(type, 32);
            case "rand64" -> RandomValue.number(type, 64);
            default -> Optional.empty();
        };
    }

    private static int precision(String argument) {
        return argument.matches("\\d.*") ? argument.charAt(0) - '0' : DEFAULT_NOW64_PRECISION;
    }
}
