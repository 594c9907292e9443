package dev.rookery.template;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The functions that tell how far two dates are apart (TPL-15, TPL-16). */
enum DateDifference implements Function {
    SECONDS("date_diff_in_seconds", ChronoUnit.SECONDS, "%Y-%m-%d %H:%M:%S"),
    MINUTES("date_diff_in_minutes", ChronoUnit.MINUTES, "%Y-%m-%d %H:%M:%S"),
    HOURS("date_diff_in_hours", ChronoUnit.HOURS, "%Y-%m-%d %H:%M:%S"),
    DAYS("date_diff_in_days", ChronoUnit.DAYS, "%Y-%m-%d"),
    DAY_DIFF("day_diff", ChronoUnit.DAYS, "%Y-%m-%d");

    private static final int MAX_SHOWN = 60;
    /** The placeholder of a date that was not sent (TPL-34). */
    private static final LocalDateTime PLACEHOLDER = LocalDateTime.of(2019, 1, 1, 0, 0);

    final String functionName;
    private final ChronoUnit unit;
    private final String defaultFormat;

    DateDifference(String functionName, ChronoUnit unit, String defaultFormat) {
        this.functionName = functionName;
        this.unit = unit;
        this.defaultFormat = defaultFormat;
    }

    @Override
    public Value call(List<Optional<Value>> arguments, Frame frame) {
        frame.budget.steps(8);
        var format = text(arguments.get(2)).orElse(defaultFormat);
        var backupFormat = text(arguments.get(3)).orElse(null);
        var first = time(arguments.get(0).orElse(Value.Atom.NONE), format, backupFormat);
        var second = time(arguments.get(1).orElse(Value.Atom.NONE), format, backupFormat);
        if (first != null && second != null) {
            return Value.Int.of(Math.abs(unit.between(first, second)));
        }
        if (arguments.get(4).filter(Semantics::truthy).isPresent()) {
            return Value.Atom.NONE;
        }
        var wrong = arguments.get(first == null ? 0 : 1).orElse(Value.Atom.NONE);
        throw new EvaluationException("%s: '%s' does not match format '%s'"
                .formatted(functionName, TemplateException.shortened(Semantics.plainText(wrong), MAX_SHOWN), format));
    }

    private static Optional<String> text(Optional<Value> argument) {
        return argument.filter(value -> !Semantics.isNull(value)).map(Semantics::plainText);
    }

    private static @Nullable LocalDateTime time(Value value, String format, @Nullable String backupFormat) {
        return switch (value) {
            case Value.Undefined _ -> PLACEHOLDER;
            case Value.Text text -> {
                var time = DateFormat.parse(text.text(), format);
                yield time == null && backupFormat != null ? DateFormat.parse(text.text(), backupFormat) : time;
            }
            default -> null;
        };
    }
}
