package dev.rookery.template;

import dev.rookery.template.Expression.Comparator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions. Recursion is bounded by what {@link ExpressionParser} lets through. */
final class Evaluator {
    private static final int MAX_SHOWN = 100;

    private final Frame frame;
    private final Budget budget;

    Evaluator(Frame frame) {
        this.frame = frame;
        this.budget = frame.budget;
    }

    Value evaluate(Expression expression) {
        budget.step();
        return switch (expression) {
            case Expression.Constant constant -> constant.value();
            case Expression.Name name -> frame.get(name);
            case Expression.ListOf list -> {
                var items = evaluateAll(list.items());
                yield list.tuple() ? Containers.tuple(items) : Containers.list(items);
            }
            case Expression.DictOf dict -> dict(dict);
            case Expression.Not not -> Value.Bool.of(!Semantics.truthy(evaluate(not.operand())));
            case Expression.Negative negative -> Operations.negative(evaluate(negative.operand()));
            case Expression.And and -> {
                Value last = Value.Bool.TRUE;
                for (var operand : and.operands()) {
                    last = evaluate(operand);
                    if (!Semantics.truthy(last)) {
                        break;
                    }
                }
                yield last;
            }
            case Expression.Or or -> {
                Value last = Value.Bool.FALSE;
                for (var operand : or.operands()) {
                    last = evaluate(operand);
                    if (Semantics.truthy(last)) {
                        break;
                    }
                }
                yield last;
            }
            case Expression.Arithmetic arithmetic ->
                Operations.arithmetic(
                        evaluate(arithmetic.left()), arithmetic.operator(), evaluate(arithmetic.right()), budget);
            case Expression.Comparison comparison -> comparison(comparison);
            case Expression.Conditional conditional ->
                evaluate(
                        Semantics.truthy(evaluate(conditional.condition()))
                                ? conditional.then()
                                : conditional.otherwise());
            case Expression.Index index ->
                Operations.index(evaluate(index.container()), evaluate(index.index()), budget);
            case Expression.Slice slice ->
                Operations.slice(
                        evaluate(slice.container()),
                        orNone(slice.from()),
                        orNone(slice.to()),
                        orNone(slice.step()),
                        budget);
            case Expression.MethodCall call ->
                Methods.call(
                        evaluate(call.receiver()),
                        new MethodArguments(call.method(), evaluateAll(call.arguments()), budget));
            case Expression.FunctionCall call -> {
                var arguments = new ArrayList<Optional<Value>>(call.arguments().size());
                for (var argument : call.arguments()) {
                    arguments.add(argument.map(this::evaluate));
                }
                yield call.function().call(arguments, frame);
            }
            case Expression.Cast cast -> cast(cast);
            case Expression.Defined defined -> Value.Bool.of(!Semantics.isNull(evaluate(defined.operand())));
            case Expression.SqlAnd and -> conjunction(and);
            case Expression.Stored stored -> stored(stored);
        };
    }

    private Value orNone(@Nullable Expression expression) {
        return expression == null ? Value.Atom.NONE : evaluate(expression);
    }

    private List<Value> evaluateAll(List<Expression> expressions) {
        var values = new ArrayList<Value>(expressions.size());
        for (var expression : expressions) {
            values.add(evaluate(expression));
        }
        return values;
    }

    private Value dict(Expression.DictOf dict) {
        var entries = new LinkedHashMap<Value, Value>();
        for (var i = 0; i < dict.keys().size(); i++) {
            entries.put(
                    Containers.key(evaluate(dict.keys().get(i))),
                    evaluate(dict.values().get(i)));
        }
        return Containers.dict(entries);
    }

    private Value comparison(Expression.Comparison comparison) {
        var left = evaluate(comparison.first());
        for (var i = 0; i < comparison.comparators().size(); i++) {
            var right = evaluate(comparison.rest().get(i));
            if (!holds(left, comparison.comparators().get(i), right)) {
                return Value.Bool.FALSE;
            }
            left = right;
        }
        return Value.Bool.TRUE;
    }

    private boolean holds(Value left, Comparator comparator, Value right) {
        return switch (comparator) {
            case EQUAL, IS -> Semantics.equal(left, right, budget);
            case NOT_EQUAL, IS_NOT -> !Semantics.equal(left, right, budget);
            case LESS -> Semantics.compare(left, right, "<", budget) < 0;
            case LESS_OR_EQUAL -> Semantics.compare(left, right, "<=", budget) <= 0;
            case GREATER -> Semantics.compare(left, right, ">", budget) > 0;
            case GREATER_OR_EQUAL -> Semantics.compare(left, right, ">=", budget) >= 0;
            case IN -> Semantics.contains(right, left, budget);
            case NOT_IN -> !Semantics.contains(right, left, budget);
        };
    }

    /** A value as its type: what was sent, else the default, else nothing or the type's placeholder. */
    private Value cast(Expression.Cast cast) {
        var operand = evaluate(cast.operand());
        var absent = Semantics.isNull(operand) || (!acceptsEmpty(cast) && isEmpty(operand));
        if (!absent) {
            return converted(cast, operand);
        }
        var fallback = cast.defaultValue() == null ? Value.Atom.NONE : evaluate(cast.defaultValue());
        if (!Semantics.isNull(fallback) && (acceptsEmpty(cast) || !isEmpty(fallback))) {
            return converted(cast, fallback);
        }
        if (!Semantics.isNull(operand)) {
            // Sent, but empty, and no default to take its place.
            return cast.type().castOrThrow(operand);
        }
        if (operand instanceof Value.Undefined undefined
                && cast.required() != null
                && Semantics.truthy(evaluate(cast.required()))) {
            frame.missing.add(undefined.name());
        }
        if (cast.defined() != null && !Semantics.truthy(evaluate(cast.defined()))) {
            return Value.Atom.NONE;
        }
        return placeholder(cast);
    }

    private static boolean acceptsEmpty(Expression.Cast cast) {
        return cast.array() || cast.type().acceptsEmpty();
    }

    private static boolean isEmpty(Value value) {
        return value instanceof Value.Text text && text.text().isBlank();
    }

    private Value converted(Expression.Cast cast, Value value) {
        if (value instanceof Value.Text text) {
            budget.characters(text.text().length());
        }
        return cast.array() ? array(cast.type(), value) : cast.type().castOrThrow(value);
    }

    /** The elements of a list as they are, or of a text between its commas (TPL-32). */
    private Value array(SqlType type, Value value) {
        List<Value> elements;
        if (value instanceof Value.Items items) {
            elements = items.items();
        } else {
            var text = Semantics.plainText(value);
            if (text.isEmpty()) {
                return Containers.list(List.of());
            }
            elements = new ArrayList<>();
            for (var part : SqlFunctions.split(text, ",", budget)) {
                elements.add(new Value.Text(part));
            }
        }
        budget.items(elements.size());
        var cast = new ArrayList<Value>(elements.size());
        for (var element : elements) {
            var item = Semantics.isNull(element) ? null : type.cast(element);
            if (item == null) {
                throw new EvaluationException("Error validating %s[%d](%s) to type %s"
                        .formatted(
                                TemplateException.shortened(Semantics.plainText(value), MAX_SHOWN),
                                cast.size(),
                                TemplateException.shortened(Semantics.plainText(element), MAX_SHOWN),
                                type.sqlName));
            }
            cast.add(item);
        }
        return Containers.list(cast);
    }

    private static Value placeholder(Expression.Cast cast) {
        if (!cast.array()) {
            return cast.type().placeholder();
        }
        return cast.type() == SqlType.STRING
                ? Containers.list(
                        List.of(new Value.Text(Semantics.NO_VALUE + "0"), new Value.Text(Semantics.NO_VALUE + "1")))
                : Containers.list(List.of(cast.type().placeholder(), cast.type().placeholder()));
    }

    private Value conjunction(Expression.SqlAnd and) {
        var terms = new ArrayList<Value.Term>();
        for (var i = 0; i < and.columns().size(); i++) {
            var operand = evaluate(and.operands().get(i));
            if (!Semantics.isNull(operand)) {
                terms.add(new Value.Term(and.columns().get(i), and.comparators().get(i), operand));
            }
        }
        return new Value.Conjunction(List.copyOf(terms));
    }

    private Value stored(Expression.Stored stored) {
        var source = stored.secret() ? frame.request.secrets() : frame.request.variables();
        var found = source.apply(stored.name());
        if (found.isPresent()) {
            frame.secretsRead |= stored.secret();
            return new Value.Text(found.get());
        }
        if (stored.defaultValue() != null) {
            return Semantics.str(evaluate(stored.defaultValue()), budget);
        }
        var problem = "' is not set and has no default";
        throw stored.secret()
                ? new EvaluationException(
                        TemplateException.Kind.MISSING_SECRET, "The secret '" + stored.name() + problem)
                : new EvaluationException("The variable '" + stored.name() + problem);
    }
}
