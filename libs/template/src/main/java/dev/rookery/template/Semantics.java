package dev.rookery.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's truth, equality, order and text of values. */
final class Semantics {
    /** What a text parameter that was not sent stands for (TPL-34). */
    static final String NO_VALUE = "__no_value__";

    private Semantics() {}

    static boolean truthy(Value value) {
        return switch (value) {
            case Value.Text text -> !text.text().isEmpty();
            case Value.Int number -> number.number().signum() != 0;
            case Value.Real number -> number.number() != 0;
            case Value.Bool truth -> truth.truth();
            case Value.Items items -> !items.items().isEmpty();
            case Value.Dict dict -> !dict.entries().isEmpty();
            case Value.Identifiers _, Value.Conjunction _ -> true;
            case Value.Undefined _, Value.Atom _ -> false;
        };
    }

    static boolean isNull(Value value) {
        return value == Value.Atom.NONE || value instanceof Value.Undefined;
    }

    static boolean equal(Value left, Value right, Budget budget) {
        budget.step();
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right) == 0;
        }
        if (isNull(left) || isNull(right)) {
            return isNull(left) && isNull(right);
        }
        if (left instanceof Value.Items a && right instanceof Value.Items b) {
            if (a.items().size() != b.items().size() || a.tuple() != b.tuple()) {
                return false;
            }
            for (var i = 0; i < a.items().size(); i++) {
                if (!equal(a.items().get(i), b.items().get(i), budget)) {
                    return false;
                }
            }
            return true;
        }
        if (left instanceof Value.Dict a && right instanceof Value.Dict b) {
            if (a.entries().size() != b.entries().size()) {
                return false;
            }
            for (var entry : a.entries().entrySet()) {
                var other = b.entries().get(entry.getKey());
                if (other == null || !equal(entry.getValue(), other, budget)) {
                    return false;
                }
            }
            return true;
        }
        if (left instanceof Value.Identifiers || right instanceof Value.Identifiers) {
            return plainText(left).equals(plainText(right));
        }
        if (left instanceof Value.Text a && right instanceof Value.Text b) {
            budget.characters(Math.min(a.text().length(), b.text().length()));
            return a.text().equals(b.text());
        }
        return false;
    }

    /** Orders two values, as {@code <} does; a missing parameter takes the other's placeholder. */
    static int compare(Value left, Value right, String operator, Budget budget) {
        budget.step();
        if (left instanceof Value.Undefined) {
            return right instanceof Value.Undefined ? 0 : compare(placeholderLike(right), right, operator, budget);
        }
        if (right instanceof Value.Undefined) {
            return compare(left, placeholderLike(left), operator, budget);
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right);
        }
        if (left instanceof Value.Text a && right instanceof Value.Text b) {
            budget.characters(Math.min(a.text().length(), b.text().length()));
            return a.text().compareTo(b.text());
        }
        if (left instanceof Value.Items a && right instanceof Value.Items b && a.tuple() == b.tuple()) {
            return compare(a.items(), b.items(), operator, budget);
        }
        throw new EvaluationException("'%s' not supported between instances of '%s' and '%s'"
                .formatted(operator, typeName(left), typeName(right)));
    }

    private static int compare(List<Value> left, List<Value> right, String operator, Budget budget) {
        for (var i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!equal(left.get(i), right.get(i), budget)) {
                return compare(left.get(i), right.get(i), operator, budget);
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /** What a missing parameter is where another value of this kind is expected. */
    static Value placeholderLike(Value other) {
        return switch (other) {
            case Value.Int _, Value.Bool _ -> Value.Int.of(0);
            case Value.Real _ -> new Value.Real(0);
            case Value.Items items when items.tuple() -> Containers.tuple(List.of());
            case Value.Items _ -> Containers.list(List.of());
            default -> new Value.Text(NO_VALUE);
        };
    }

    static boolean contains(Value container, Value item, Budget budget) {
        return switch (container) {
            case Value.Text text -> {
                if (item instanceof Value.Undefined) {
                    yield false;
                }
                if (!(item instanceof Value.Text part)) {
                    throw new EvaluationException(
                            "'in <string>' requires string as left operand, not " + typeName(item));
                }
                budget.search(text.text().length(), part.text().length());
                yield text.text().contains(part.text());
            }
            case Value.Items items -> {
                for (var element : items.items()) {
                    if (equal(element, item, budget)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Value.Dict dict -> dict.entries().containsKey(Containers.key(item));
            case Value.Undefined _ -> false;
            default -> throw new EvaluationException("argument of type '" + typeName(container) + "' is not iterable");
        };
    }

    static String typeName(Value value) {
        return switch (value) {
            case Value.Text _ -> "str";
            case Value.Int _ -> "int";
            case Value.Real _ -> "float";
            case Value.Bool _ -> "bool";
            case Value.Items items -> items.tuple() ? "tuple" : "list";
            case Value.Dict _ -> "dict";
            case Value.Identifiers _ -> "column";
            case Value.Conjunction _ -> "condition";
            case Value.Undefined _ -> "undefined parameter";
            case Value.Atom _ -> "NoneType";
        };
    }

    /** Python's {@code str}, bounded. */
    static Value.Text str(Value value, Budget budget) {
        if (value instanceof Value.Text text) {
            return text;
        }
        var text = new StringBuilder();
        print(value, text, budget, false);
        return new Value.Text(text.toString());
    }

    static String repr(Value value) {
        var text = new StringBuilder();
        print(value, text, null, true);
        return text.toString();
    }

    /** Text without quotes, for messages and identifiers; lists are joined with commas. */
    static String plainText(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Identifiers identifiers -> String.join(",", identifiers.names());
            case Value.Undefined _ -> NO_VALUE;
            default -> repr(value);
        };
    }

    private static void print(Value value, StringBuilder out, @Nullable Budget budget, boolean quote) {
        if (budget != null) {
            budget.step();
            budget.length(out.length());
            if (value instanceof Value.Text text) {
                budget.characters(text.text().length());
            }
        } else if (out.length() > 4096) {
            return;
        }
        switch (value) {
            case Value.Text text -> {
                if (quote) {
                    out.append('\'')
                            .append(text.text().replace("\\", "\\\\").replace("'", "\\'"))
                            .append('\'');
                } else {
                    out.append(text.text());
                }
            }
            case Value.Int number -> out.append(number.number());
            case Value.Real number -> out.append(Numbers.repr(number.number()));
            case Value.Bool truth -> out.append(truth.truth() ? "True" : "False");
            case Value.Items items -> {
                out.append(items.tuple() ? '(' : '[');
                var first = true;
                for (var item : items.items()) {
                    if (!first) {
                        out.append(", ");
                    }
                    first = false;
                    print(item, out, budget, true);
                }
                out.append(items.tuple() ? items.items().size() == 1 ? ",)" : ")" : "]");
            }
            case Value.Dict dict -> {
                out.append('{');
                var first = true;
                for (var entry : dict.entries().entrySet()) {
                    if (!first) {
                        out.append(", ");
                    }
                    first = false;
                    print(entry.getKey(), out, budget, true);
                    out.append(": ");
                    print(entry.getValue(), out, budget, true);
                }
                out.append('}');
            }
            case Value.Identifiers identifiers -> out.append(String.join(",", identifiers.names()));
            case Value.Conjunction _ -> throw new EvaluationException("The result of sql_and can only be rendered");
            case Value.Undefined _ -> out.append(NO_VALUE);
            case Value.Atom _ -> out.append("None");
        }
    }
}
