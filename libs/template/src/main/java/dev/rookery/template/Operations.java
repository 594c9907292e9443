package dev.rookery.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's arithmetic, indexing and slicing, within bounds. */
final class Operations {
    private Operations() {}

    static Value arithmetic(Value left, Expression.Operator operator, Value right, Budget budget) {
        budget.step();
        if (left instanceof Value.Undefined) {
            return right instanceof Value.Undefined
                    ? arithmetic(Value.Int.of(0), operator, Value.Int.of(0), budget)
                    : arithmetic(Semantics.placeholderLike(right), operator, right, budget);
        }
        if (right instanceof Value.Undefined) {
            return arithmetic(left, operator, Semantics.placeholderLike(left), budget);
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return left instanceof Value.Real || right instanceof Value.Real
                    ? real(Numbers.toDouble(left), operator, Numbers.toDouble(right))
                    : whole(Numbers.toWhole(left), operator, Numbers.toWhole(right));
        }
        if (operator == Expression.Operator.PLUS) {
            if (left instanceof Value.Text a && right instanceof Value.Text b) {
                budget.text((long) a.text().length() + b.text().length());
                return new Value.Text(a.text() + b.text());
            }
            if (left instanceof Value.Items a && right instanceof Value.Items b && a.tuple() == b.tuple()) {
                budget.items((long) a.items().size() + b.items().size());
                var joined = new ArrayList<>(a.items());
                joined.addAll(b.items());
                return a.tuple() ? Containers.tuple(joined) : Containers.list(joined);
            }
        }
        if (operator == Expression.Operator.TIMES) {
            if (right instanceof Value.Int times && (left instanceof Value.Text || left instanceof Value.Items)) {
                return repeated(left, times, budget);
            }
            if (left instanceof Value.Int times && (right instanceof Value.Text || right instanceof Value.Items)) {
                return repeated(right, times, budget);
            }
        }
        throw new EvaluationException("unsupported operand type(s) for %s: '%s' and '%s'"
                .formatted(operator.symbol, Semantics.typeName(left), Semantics.typeName(right)));
    }

    private static Value whole(BigInteger left, Expression.Operator operator, BigInteger right) {
        return switch (operator) {
            case PLUS -> Numbers.whole(left.add(right));
            case MINUS -> Numbers.whole(left.subtract(right));
            case TIMES -> Numbers.whole(left.multiply(right));
            case DIVIDE -> {
                notZero(right.signum() == 0);
                yield Numbers.real(new BigDecimal(left)
                        .divide(new BigDecimal(right), MathContext.DECIMAL128)
                        .doubleValue());
            }
            case FLOOR_DIVIDE -> {
                notZero(right.signum() == 0);
                var parts = left.divideAndRemainder(right);
                var roundsUp = parts[1].signum() != 0 && parts[1].signum() != right.signum();
                yield Numbers.whole(roundsUp ? parts[0].subtract(BigInteger.ONE) : parts[0]);
            }
            case MODULO -> {
                notZero(right.signum() == 0);
                var remainder = left.remainder(right);
                var otherSign = remainder.signum() != 0 && remainder.signum() != right.signum();
                yield Numbers.whole(otherSign ? remainder.add(right) : remainder);
            }
            case POWER -> power(left, right);
        };
    }

    private static Value power(BigInteger base, BigInteger exponent) {
        if (exponent.signum() < 0) {
            return real(base.doubleValue(), Expression.Operator.POWER, exponent.doubleValue());
        }
        if (base.bitLength() > 1
                && (exponent.bitLength() > 16
                        || (long) (base.abs().bitLength() - 1) * exponent.intValue() > Budget.MAX_INTEGER_BITS)) {
            throw Budget.exhausted("an integer is wider than " + Budget.MAX_INTEGER_BITS + " bits");
        }
        // What is left beside small powers is 0, 1 and -1, whose powers depend on the exponent's parity alone.
        var small = exponent.bitLength() > 16 ? (exponent.testBit(0) ? 1 : 2) : exponent.intValue();
        return Numbers.whole(base.pow(small));
    }

    private static Value real(double left, Expression.Operator operator, double right) {
        return switch (operator) {
            case PLUS -> Numbers.real(left + right);
            case MINUS -> Numbers.real(left - right);
            case TIMES -> Numbers.real(left * right);
            case DIVIDE -> {
                notZero(right == 0);
                yield Numbers.real(left / right);
            }
            case FLOOR_DIVIDE -> {
                notZero(right == 0);
                yield Numbers.real(Math.floor(left / right));
            }
            case MODULO -> {
                notZero(right == 0);
                var remainder = left % right;
                yield Numbers.real(remainder != 0 && remainder < 0 != right < 0 ? remainder + right : remainder);
            }
            case POWER -> Numbers.real(Math.pow(left, right));
        };
    }

    private static void notZero(boolean zero) {
        if (zero) {
            throw new EvaluationException("division by zero");
        }
    }

    private static Value repeated(Value sequence, Value.Int times, Budget budget) {
        var count = Math.max(0, Numbers.toInt(times));
        if (sequence instanceof Value.Text text) {
            budget.text((long) text.text().length() * count);
            return new Value.Text(text.text().repeat(text.text().isEmpty() ? 0 : count));
        }
        var items = (Value.Items) sequence;
        budget.items((long) items.items().size() * count);
        var repeated = new ArrayList<Value>(items.items().size() * count);
        for (var i = 0; i < count && !items.items().isEmpty(); i++) {
            repeated.addAll(items.items());
        }
        return items.tuple() ? Containers.tuple(repeated) : Containers.list(repeated);
    }

    static Value negative(Value value) {
        return switch (value) {
            case Value.Real real -> new Value.Real(-real.number());
            case Value.Undefined _ -> Value.Int.of(0);
            case Value.Int _, Value.Bool _ ->
                Value.Int.of(Numbers.toWhole(value).negate());
            default ->
                throw new EvaluationException("bad operand type for unary -: '" + Semantics.typeName(value) + "'");
        };
    }

    /** Python's {@code int} of a float: towards zero. Null where the number is too wide to be any column's. */
    static @Nullable BigInteger truncated(double number) {
        var whole = new BigDecimal(number).toBigInteger();
        return whole.bitLength() > Budget.MAX_INTEGER_BITS ? null : whole;
    }

    static Value index(Value container, Value index, Budget budget) {
        budget.step();
        return switch (container) {
            case Value.Items items ->
                items.items().get(position(index, items.items().size(), "list"));
            case Value.Text text -> {
                var at = position(index, text.text().length(), "string");
                yield new Value.Text(text.text().substring(at, at + 1));
            }
            case Value.Dict dict -> {
                var found = dict.entries().get(Containers.key(index));
                if (found == null) {
                    throw new EvaluationException(
                            "KeyError: " + TemplateException.shortened(Semantics.repr(index), 60));
                }
                yield found;
            }
            case Value.Undefined _ -> container;
            default ->
                throw new EvaluationException("'" + Semantics.typeName(container) + "' object is not subscriptable");
        };
    }

    private static int position(Value index, int size, String what) {
        if (!(index instanceof Value.Int) && !(index instanceof Value.Bool)) {
            throw new EvaluationException(what + " indices must be integers, not " + Semantics.typeName(index));
        }
        var at = Numbers.toInt(index);
        at = at < 0 ? at + size : at;
        if (at < 0 || at >= size) {
            throw new EvaluationException(what + " index out of range");
        }
        return at;
    }

    static Value slice(Value container, Value from, Value to, Value step, Budget budget) {
        var stride = step == Value.Atom.NONE ? 1 : Numbers.toInt(step);
        if (stride == 0) {
            throw new EvaluationException("slice step cannot be zero");
        }
        return switch (container) {
            case Value.Text text -> {
                var positions = positions(text.text().length(), from, to, stride, budget);
                var part = new StringBuilder(positions.size());
                positions.forEach(at -> part.append(text.text().charAt(at)));
                yield new Value.Text(part.toString());
            }
            case Value.Items items -> {
                var part = new ArrayList<Value>();
                positions(items.items().size(), from, to, stride, budget)
                        .forEach(at -> part.add(items.items().get(at)));
                yield items.tuple() ? Containers.tuple(part) : Containers.list(part);
            }
            case Value.Undefined _ -> container;
            default ->
                throw new EvaluationException("'" + Semantics.typeName(container) + "' object is not subscriptable");
        };
    }

    private static List<Integer> positions(int size, Value from, Value to, int stride, Budget budget) {
        var forward = stride > 0;
        var start = bound(from, forward ? 0 : size - 1, size, forward);
        var end = bound(to, forward ? size : -1, size, forward);
        var positions = new ArrayList<Integer>();
        for (long at = start; forward ? at < end : at > end; at += stride) {
            budget.step();
            positions.add((int) at);
        }
        return positions;
    }

    private static int bound(Value bound, int absent, int size, boolean forward) {
        if (bound == Value.Atom.NONE) {
            return absent;
        }
        long at = Numbers.toInt(bound);
        at = at < 0 ? at + size : at;
        return forward ? Math.clamp(at, 0, size) : Math.clamp(at, -1, size - 1);
    }
}
