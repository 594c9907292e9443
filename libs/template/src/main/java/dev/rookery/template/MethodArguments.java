package dev.rookery.template;

import java.util.List;

/** One call of a method: its name, its arguments, and the budget it works within. */
record MethodArguments(String name, List<Value> values, Budget budget) {

    String text(int position) {
        expect(position + 1, Integer.MAX_VALUE);
        return switch (values.get(position)) {
            case Value.Text text -> text.text();
            case Value.Undefined _ -> Semantics.NO_VALUE;
            default ->
                throw new EvaluationException(
                        "%s: expected str, got %s".formatted(name, Semantics.typeName(values.get(position))));
        };
    }

    void expect(int least, int most) {
        if (values.size() < least || values.size() > most) {
            throw new EvaluationException("." + name + "() does not take " + values.size() + " argument(s)");
        }
    }

    EvaluationException unknown(Value receiver) {
        return new EvaluationException("'" + Semantics.typeName(receiver) + "' object has no method '" + name + "'");
    }
}
