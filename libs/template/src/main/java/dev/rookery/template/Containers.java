package dev.rookery.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Makes and takes apart lists, tuples and dictionaries. Their depth is bounded, so recursion over a value is too. */
final class Containers {
    private static final Value.Items EMPTY = new Value.Items(List.of(), false, 1);

    private Containers() {}

    static Value.Items list(List<? extends Value> items) {
        return items.isEmpty() ? EMPTY : new Value.Items(Collections.unmodifiableList(items), false, depth(items));
    }

    static Value.Items tuple(List<? extends Value> items) {
        return new Value.Items(Collections.unmodifiableList(items), true, depth(items));
    }

    /** The map's keys must be made by {@link #key}. */
    static Value.Dict dict(Map<Value, Value> entries) {
        return new Value.Dict(Collections.unmodifiableMap(entries), depth(entries.values()));
    }

    private static int depth(Collection<? extends Value> items) {
        var deepest = 0;
        for (var item : items) {
            deepest = Math.max(
                    deepest,
                    switch (item) {
                        case Value.Items inner -> inner.depth();
                        case Value.Dict inner -> inner.depth();
                        default -> 0;
                    });
        }
        if (deepest >= Budget.MAX_VALUE_DEPTH) {
            throw Budget.exhausted("a value is nested more than " + Budget.MAX_VALUE_DEPTH + " deep");
        }
        return deepest + 1;
    }

    /** A dictionary key: numbers that are equal in Python become the same key. */
    static Value key(Value value) {
        return switch (value) {
            case Value.Text _, Value.Undefined _ -> value;
            case Value.Bool truth -> Value.Int.of(truth.truth() ? 1 : 0);
            case Value.Int whole -> Value.Int.of(whole.number());
            case Value.Real real
            when real.number() == Math.rint(real.number()) ->
                Value.Int.of(new BigDecimal(real.number()).toBigInteger());
            case Value.Real real -> real;
            case Value.Atom atom -> atom;
            default -> throw new EvaluationException("unhashable type: '" + Semantics.typeName(value) + "'");
        };
    }

    /** The elements a loop or a function sees: of a list, the keys of a dictionary, the characters of a text. */
    static List<Value> elements(Value value, Budget budget) {
        return switch (value) {
            case Value.Items items -> items.items();
            case Value.Dict dict -> {
                budget.items(dict.entries().size());
                yield List.copyOf(dict.entries().keySet());
            }
            case Value.Text text -> {
                budget.items(text.text().length());
                var characters = new ArrayList<Value>(text.text().length());
                text.text().codePoints().forEach(c -> characters.add(new Value.Text(Character.toString(c))));
                yield characters;
            }
            case Value.Undefined _ -> List.of();
            default -> throw new EvaluationException("'" + Semantics.typeName(value) + "' object is not iterable");
        };
    }
}
