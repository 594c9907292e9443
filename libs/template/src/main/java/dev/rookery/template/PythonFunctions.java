package dev.rookery.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Python's built-in functions, within the budget. */
final class PythonFunctions {
    private static final int STEPS_PER_SORTED_ELEMENT = 4;
    private static final int MAX_ROUNDING = 300;

    private PythonFunctions() {}

    private static Value argument(List<Optional<Value>> arguments, int position) {
        return arguments.get(position).orElse(Value.Atom.NONE);
    }

    static Value length(List<Optional<Value>> arguments, Frame frame) {
        return Value.Int.of(
                switch (argument(arguments, 0)) {
                    case Value.Text text ->
                        text.text().codePointCount(0, text.text().length());
                    case Value.Items items -> items.items().size();
                    case Value.Dict dict -> dict.entries().size();
                    case Value.Undefined _ -> 0;
                    case Value other ->
                        throw new EvaluationException(
                                "object of type '" + Semantics.typeName(other) + "' has no len()");
                });
    }

    static Value toInt(List<Optional<Value>> arguments, Frame frame) {
        return converted(arguments, SqlType.INT, "int", Value.Int.of(0));
    }

    static Value toFloat(List<Optional<Value>> arguments, Frame frame) {
        return converted(arguments, SqlType.FLOAT_64, "float", new Value.Real(0));
    }

    private static Value converted(List<Optional<Value>> arguments, SqlType type, String name, Value zero) {
        var value = arguments.getFirst().orElse(zero);
        if (value instanceof Value.Undefined) {
            return zero;
        }
        var converted = type.cast(value);
        if (converted == null) {
            throw new EvaluationException(
                    "could not convert " + TemplateException.shortened(Semantics.repr(value), 60) + " to " + name);
        }
        return converted;
    }

    static Value toText(List<Optional<Value>> arguments, Frame frame) {
        return arguments
                .getFirst()
                .map(value -> Semantics.str(value, frame.budget))
                .orElse(new Value.Text(""));
    }

    static Value toBool(List<Optional<Value>> arguments, Frame frame) {
        return Value.Bool.of(Semantics.truthy(argument(arguments, 0)));
    }

    static Value toList(List<Optional<Value>> arguments, Frame frame) {
        return Containers.list(elements(arguments, frame));
    }

    static Value toTuple(List<Optional<Value>> arguments, Frame frame) {
        return Containers.tuple(elements(arguments, frame));
    }

    static Value toDict(List<Optional<Value>> arguments, Frame frame) {
        if (arguments.getFirst().isEmpty()) {
            return Containers.dict(Map.of());
        }
        if (argument(arguments, 0) instanceof Value.Dict dict) {
            return dict;
        }
        var entries = new LinkedHashMap<Value, Value>();
        for (var pair : elements(arguments, frame)) {
            if (!(pair instanceof Value.Items items) || items.items().size() != 2) {
                throw new EvaluationException("dict() takes a list of pairs");
            }
            entries.put(Containers.key(items.items().getFirst()), items.items().getLast());
        }
        return Containers.dict(entries);
    }

    private static List<Value> elements(List<Optional<Value>> arguments, Frame frame) {
        if (arguments.getFirst().isEmpty()) {
            return List.of();
        }
        var elements = Containers.elements(argument(arguments, 0), frame.budget);
        frame.budget.items(elements.size());
        return elements;
    }

    static Value absolute(List<Optional<Value>> arguments, Frame frame) {
        return switch (argument(arguments, 0)) {
            case Value.Real real -> new Value.Real(Math.abs(real.number()));
            case Value.Undefined _ -> Value.Int.of(0);
            case Value other -> Value.Int.of(Numbers.toWhole(other).abs());
        };
    }

    /** Rounds halves to even, as Python does; without digits the result is an integer. */
    static Value round(List<Optional<Value>> arguments, Frame frame) {
        var number = argument(arguments, 0);
        var digits = arguments.get(1).map(Numbers::toInt).orElse(0);
        if (Math.abs(digits) > MAX_ROUNDING) {
            throw new EvaluationException("round: too many digits");
        }
        if (!(number instanceof Value.Real real)) {
            return number instanceof Value.Undefined ? Value.Int.of(0) : Numbers.whole(Numbers.toWhole(number));
        }
        var rounded = new BigDecimal(real.number()).setScale(digits, RoundingMode.HALF_EVEN);
        return arguments.get(1).isPresent()
                ? Numbers.real(rounded.doubleValue())
                : Numbers.whole(rounded.toBigInteger());
    }

    static Value sum(List<Optional<Value>> arguments, Frame frame) {
        var sum = arguments.get(1).orElse(Value.Int.of(0));
        for (var element : elements(arguments, frame)) {
            if (!Numbers.isNumber(element)) {
                throw new EvaluationException("sum() takes numbers, not " + Semantics.typeName(element));
            }
            sum = Operations.arithmetic(sum, Expression.Operator.PLUS, element, frame.budget);
        }
        return sum;
    }

    static Value sorted(List<Optional<Value>> arguments, Frame frame) {
        var sorted = new ArrayList<>(elements(arguments, frame));
        frame.budget.steps(STEPS_PER_SORTED_ELEMENT * sorted.size());
        Comparator<Value> order = (left, right) -> Semantics.compare(left, right, "<", frame.budget);
        sorted.sort(arguments.get(1).filter(Semantics::truthy).isPresent() ? order.reversed() : order);
        return Containers.list(sorted);
    }

    static Value reversed(List<Optional<Value>> arguments, Frame frame) {
        return Containers.list(elements(arguments, frame).reversed());
    }

    static Value enumerate(List<Optional<Value>> arguments, Frame frame) {
        var elements = elements(arguments, frame);
        var start = arguments.get(1).map(Numbers::toInt).orElse(0);
        var pairs = new ArrayList<Value>(elements.size());
        for (var i = 0; i < elements.size(); i++) {
            pairs.add(Containers.tuple(List.of(Value.Int.of((long) start + i), elements.get(i))));
        }
        return Containers.list(pairs);
    }

    static Value any(List<Optional<Value>> arguments, Frame frame) {
        return Value.Bool.of(elements(arguments, frame).stream().anyMatch(Semantics::truthy));
    }

    static Value all(List<Optional<Value>> arguments, Frame frame) {
        return Value.Bool.of(elements(arguments, frame).stream().allMatch(Semantics::truthy));
    }

    static Value range(List<Optional<Value>> arguments, Frame frame) {
        var first = Numbers.toInt(undefinedIsZero(argument(arguments, 0)));
        var one = arguments.get(1).isEmpty();
        var start = one ? 0 : first;
        var stop = one ? first : Numbers.toInt(undefinedIsZero(argument(arguments, 1)));
        var step = arguments.get(2).map(Numbers::toInt).orElse(1);
        if (step == 0) {
            throw new EvaluationException("range() arg 3 must not be zero");
        }
        var distance = step > 0 ? (long) stop - start : (long) start - stop;
        var count = distance <= 0 ? 0 : (distance - 1) / Math.abs((long) step) + 1;
        frame.budget.items(count);
        var numbers = new ArrayList<Value>((int) count);
        for (var i = 0; i < count; i++) {
            numbers.add(Value.Int.of(start + (long) i * step));
        }
        return Containers.list(numbers);
    }

    private static Value undefinedIsZero(Value value) {
        return value instanceof Value.Undefined ? Value.Int.of(0) : value;
    }

    static Value min(List<Optional<Value>> arguments, Frame frame) {
        return extreme(arguments, frame, -1, "min");
    }

    static Value max(List<Optional<Value>> arguments, Frame frame) {
        return extreme(arguments, frame, 1, "max");
    }

    private static Value extreme(List<Optional<Value>> arguments, Frame frame, int sign, String name) {
        var candidates = arguments.size() == 1
                ? elements(arguments, frame)
                : arguments.stream().flatMap(Optional::stream).toList();
        if (candidates.isEmpty()) {
            throw new EvaluationException(name + "() arg is an empty sequence");
        }
        var best = candidates.getFirst();
        for (var candidate : candidates) {
            if (Semantics.compare(candidate, best, sign < 0 ? "<" : ">", frame.budget) * sign > 0) {
                best = candidate;
            }
        }
        return best;
    }

    static Value zip(List<Optional<Value>> arguments, Frame frame) {
        var columns = new ArrayList<List<Value>>();
        for (var argument : arguments) {
            columns.add(Containers.elements(argument.orElse(Value.Atom.NONE), frame.budget));
        }
        var rows = new ArrayList<Value>();
        var length = columns.stream().mapToInt(List::size).min().orElse(0);
        frame.budget.items((long) length * columns.size());
        for (var i = 0; i < length; i++) {
            var row = new ArrayList<Value>(columns.size());
            for (var column : columns) {
                row.add(column.get(i));
            }
            rows.add(Containers.tuple(row));
        }
        return Containers.list(rows);
    }
}
