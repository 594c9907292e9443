package dev.rookery.template;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types a parameter can be cast to (TPL-26 to TPL-31), and what stands in for one that was not sent (TPL-34). */
enum SqlType {
    STRING("String"),
    BOOLEAN("Boolean"),
    DATE("Date"),
    DATE_TIME("DateTime"),
    DATE_TIME_64("DateTime64"),
    FLOAT_32("Float32"),
    FLOAT_64("Float64"),
    INT("Int"),
    INTEGER("Integer"),
    INT_8("Int8", 8, true),
    INT_16("Int16", 16, true),
    INT_32("Int32", 32, true),
    INT_64("Int64", 64, true),
    INT_128("Int128", 128, true),
    INT_256("Int256", 256, true),
    UINT_8("UInt8", 8, false),
    UINT_16("UInt16", 16, false),
    UINT_32("UInt32", 32, false),
    UINT_64("UInt64", 64, false),
    UINT_128("UInt128", 128, false),
    UINT_256("UInt256", 256, false);

    private static final int MAX_SHOWN = 100;
    private static final int WIDEST_PLAIN_LITERAL = 64;
    private static final Map<String, SqlType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(type -> type.sqlName, type -> type));

    final String sqlName;
    private final @Nullable BigInteger lowest;
    private final @Nullable BigInteger highest;
    private final boolean wide;

    SqlType(String sqlName) {
        this.sqlName = sqlName;
        this.lowest = null;
        this.highest = null;
        this.wide = false;
    }

    SqlType(String sqlName, int bits, boolean signed) {
        this.sqlName = sqlName;
        this.lowest = signed ? BigInteger.TWO.pow(bits - 1).negate() : BigInteger.ZERO;
        this.highest = BigInteger.TWO.pow(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
        this.wide = bits > WIDEST_PLAIN_LITERAL;
    }

    static Optional<SqlType> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    Value placeholder() {
        return switch (this) {
            case STRING -> new Value.Text(Semantics.NO_VALUE);
            case BOOLEAN -> Value.Bool.FALSE;
            case DATE -> new Value.Text("2019-01-01");
            case DATE_TIME -> new Value.Text("2019-01-01 00:00:00");
            case DATE_TIME_64 -> new Value.Text("2019-01-01 00:00:00.000");
            case FLOAT_32, FLOAT_64 -> new Value.Real(0);
            default -> whole(BigInteger.ZERO);
        };
    }

    /** Whether an empty text is a value of this type, or as good as none. */
    boolean acceptsEmpty() {
        return this == STRING;
    }

    /** The value as this type; null if it is none of its values. */
    @Nullable
    Value cast(Value value) {
        return switch (this) {
            case STRING -> text(value);
            case BOOLEAN -> truth(value);
            case DATE, DATE_TIME, DATE_TIME_64 ->
                value instanceof Value.Text text ? DateTimes.normalised(text.text(), this) : null;
            case FLOAT_32, FLOAT_64 -> real(value);
            default -> wholeOrNull(value);
        };
    }

    /** The value as this type, or the error that tenants meet. */
    Value castOrThrow(Value value) {
        var cast = cast(value);
        if (cast == null) {
            throw new EvaluationException("Error validating '"
                    + TemplateException.shortened(Semantics.plainText(value), MAX_SHOWN) + "' to type " + sqlName);
        }
        return cast;
    }

    private static @Nullable Value text(Value value) {
        return switch (value) {
            case Value.Text text -> text;
            case Value.Int _, Value.Real _, Value.Bool _, Value.Identifiers _ ->
                new Value.Text(Semantics.plainText(value));
            case Value.Items items -> {
                var joined = new StringBuilder();
                for (var item : items.items()) {
                    if (item instanceof Value.Items || item instanceof Value.Dict) {
                        yield null;
                    }
                    joined.append(joined.isEmpty() ? "" : ",").append(Semantics.plainText(item));
                }
                yield new Value.Text(joined.toString());
            }
            default -> null;
        };
    }

    private static @Nullable Value truth(Value value) {
        return switch (value) {
            case Value.Bool truth -> truth;
            case Value.Int number
            when number.number().bitLength() <= 1 && number.number().signum() >= 0 ->
                Value.Bool.of(number.number().signum() == 1);
            case Value.Text text ->
                switch (text.text()) {
                    case "1", "true", "True", "TRUE" -> Value.Bool.TRUE;
                    case "0", "false", "False", "FALSE" -> Value.Bool.FALSE;
                    default -> null;
                };
            default -> null;
        };
    }

    private static @Nullable Value real(Value value) {
        if (value instanceof Value.Text text) {
            var number = Numbers.parseReal(text.text());
            return number == null ? null : new Value.Real(number);
        }
        return Numbers.isNumber(value) ? Numbers.real(Numbers.toDouble(value)) : null;
    }

    private @Nullable Value wholeOrNull(Value value) {
        var number = switch (value) {
            case Value.Text text -> Numbers.parseWhole(text.text());
            case Value.Int whole -> whole.number();
            case Value.Bool truth -> truth.truth() ? BigInteger.ONE : BigInteger.ZERO;
            // Towards zero, as Python's int does: Int32(Int32(a) / 2) is written so.
            case Value.Real real -> Operations.truncated(real.number());
            default -> null;
        };
        var inRange = number != null
                && (lowest == null || number.compareTo(lowest) >= 0)
                && (highest == null || number.compareTo(highest) <= 0);
        return inRange && number != null ? whole(number) : null;
    }

    private Value whole(BigInteger number) {
        return new Value.Int(number, wide ? sqlName : null);
    }
}
