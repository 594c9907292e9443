package dev.rookery.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as Python reads, writes and computes them, within bounds. */
final class Numbers {
    private static final int MAX_DIGITS = 160;
    private static final int EXACT_BITS = 53;
    private static final double FIRST_IN_SCIENTIFIC = 1e16;
    private static final double LAST_IN_SCIENTIFIC = 1e-4;

    private Numbers() {}

    static BigInteger bounded(BigInteger number) {
        if (number.bitLength() > Budget.MAX_INTEGER_BITS) {
            throw Budget.exhausted("an integer is wider than " + Budget.MAX_INTEGER_BITS + " bits");
        }
        return number;
    }

    static Value.Int whole(BigInteger number) {
        return Value.Int.of(bounded(number));
    }

    static Value.Real real(double number) {
        if (!Double.isFinite(number)) {
            throw new EvaluationException("The result is not a finite number");
        }
        return new Value.Real(number);
    }

    /** A decimal integer, optionally signed, between blanks; null if it is none. */
    static @Nullable BigInteger parseWhole(String text) {
        var digits = text.strip();
        var from = !digits.isEmpty() && (digits.charAt(0) == '-' || digits.charAt(0) == '+') ? 1 : 0;
        if (digits.length() == from || digits.length() > MAX_DIGITS) {
            return null;
        }
        for (var i = from; i < digits.length(); i++) {
            if (!SqlPosition.isDigit(digits.charAt(i))) {
                return null;
            }
        }
        return digits.length() <= 18 ? BigInteger.valueOf(Long.parseLong(digits)) : bounded(new BigInteger(digits));
    }

    /** A finite decimal number, optionally with fraction and exponent, between blanks; null if it is none. */
    static @Nullable Double parseReal(String text) {
        var number = text.strip();
        if (number.isEmpty() || number.length() > 2 * MAX_DIGITS) {
            return null;
        }
        for (var i = 0; i < number.length(); i++) {
            if ("0123456789+-.eE".indexOf(number.charAt(i)) < 0) {
                return null;
            }
        }
        try {
            var parsed = Double.parseDouble(number);
            return Double.isFinite(parsed) ? parsed : null;
        } catch (NumberFormatException _) {
            return null;
        }
    }

    /** Python's {@code repr}: the shortest digits that read back the same, {@code 1.0}, {@code 1e-05}, {@code 1e+16}. */
    static String repr(double number) {
        var size = Math.abs(number);
        if (size == 0 || (size >= LAST_IN_SCIENTIFIC && size < FIRST_IN_SCIENTIFIC)) {
            var plain =
                    new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
            if (plain.indexOf('.') < 0) {
                plain += ".0";
            }
            return number == 0 && 1 / number < 0 ? "-0.0" : plain;
        }
        var text = Double.toString(number).toLowerCase(Locale.ROOT);
        var e = text.indexOf('e');
        var mantissa = text.substring(0, e);
        if (mantissa.endsWith(".0")) {
            mantissa = mantissa.substring(0, mantissa.length() - 2);
        }
        var exponent = Integer.parseInt(text.substring(e + 1));
        return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    static double toDouble(Value number) {
        return switch (number) {
            case Value.Int whole -> whole.number().doubleValue();
            case Value.Real real -> real.number();
            case Value.Bool truth -> truth.truth() ? 1 : 0;
            default -> throw new EvaluationException("A " + Semantics.typeName(number) + " is not a number");
        };
    }

    static boolean isNumber(Value value) {
        return value instanceof Value.Int || value instanceof Value.Real || value instanceof Value.Bool;
    }

    static BigInteger toWhole(Value value) {
        return switch (value) {
            case Value.Int whole -> whole.number();
            case Value.Bool truth -> truth.truth() ? BigInteger.ONE : BigInteger.ZERO;
            default ->
                throw new EvaluationException(
                        "'" + Semantics.typeName(value) + "' cannot be interpreted as an integer");
        };
    }

    /** An index or count, clamped to the range of int. */
    static int toInt(Value value) {
        return toWhole(value)
                .min(BigInteger.valueOf(Integer.MAX_VALUE))
                .max(BigInteger.valueOf(Integer.MIN_VALUE))
                .intValue();
    }

    /** Compares by value, whole with floating point numbers exactly. */
    static int compare(Value left, Value right) {
        if (isExactDouble(left) && isExactDouble(right)) {
            return Double.compare(toDouble(left) + 0.0, toDouble(right) + 0.0);
        }
        if (left instanceof Value.Real || right instanceof Value.Real) {
            return decimal(left).compareTo(decimal(right));
        }
        return toWhole(left).compareTo(toWhole(right));
    }

    private static boolean isExactDouble(Value number) {
        return !(number instanceof Value.Int whole) || whole.number().bitLength() <= EXACT_BITS;
    }

    private static BigDecimal decimal(Value number) {
        return number instanceof Value.Real real ? new BigDecimal(real.number()) : new BigDecimal(toWhole(number));
    }
}
