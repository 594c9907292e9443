package dev.rookery.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The value of one request parameter. Immutable. */
public final class ParameterValue {
    private final Value value;

    private ParameterValue(Value value) {
        this.value = value;
    }

    /** A value out of a query string or a form: always text, whatever it looks like. */
    public static ParameterValue of(String text) {
        return new ParameterValue(new Value.Text(text));
    }

    /**
     * The values of a key that a query string or form repeats, in order. They are joined with commas, which is how an
     * array is written in one value; a key that occurs once is its only value.
     */
    public static ParameterValue ofRepeated(List<String> texts) {
        return of(String.join(",", texts));
    }

    /**
     * A value out of a JSON body.
     *
     * @param json a {@link String}, {@link Boolean}, {@link Number}, null, or a {@link List} or {@link Map} with
     *     string keys of those, at most 32 deep; integers of at most 512 bits
     * @throws IllegalArgumentException if it is, or holds, anything else
     */
    public static ParameterValue ofJson(@Nullable Object json) {
        return new ParameterValue(convert(json, 0));
    }

    Value value() {
        return value;
    }

    private static Value convert(@Nullable Object json, int level) {
        if (level >= Budget.MAX_VALUE_DEPTH) {
            throw new IllegalArgumentException("The value is nested too deeply");
        }
        return switch (json) {
            case null -> Value.Atom.NONE;
            case String text -> new Value.Text(text);
            case Boolean truth -> Value.Bool.of(truth);
            case Byte number -> Value.Int.of(number);
            case Short number -> Value.Int.of(number);
            case Integer number -> Value.Int.of(number);
            case Long number -> Value.Int.of(number);
            case BigInteger number -> whole(number);
            case Float number -> finite(number);
            case Double number -> finite(number);
            case BigDecimal number -> finite(number.doubleValue());
            case List<?> list -> {
                var items = new ArrayList<Value>(list.size());
                for (var item : list) {
                    items.add(convert(item, level + 1));
                }
                yield Containers.list(items);
            }
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<Value, Value>();
                for (var entry : map.entrySet()) {
                    if (!(entry.getKey() instanceof String key)) {
                        throw new IllegalArgumentException("A key is not a string");
                    }
                    entries.put(new Value.Text(key), convert(entry.getValue(), level + 1));
                }
                yield Containers.dict(entries);
            }
            default -> throw new IllegalArgumentException("Not a JSON value: " + json.getClass());
        };
    }

    private static Value whole(BigInteger number) {
        if (number.bitLength() > Budget.MAX_INTEGER_BITS) {
            throw new IllegalArgumentException("The number is wider than " + Budget.MAX_INTEGER_BITS + " bits");
        }
        return Value.Int.of(number);
    }

    private static Value finite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("The number is not finite");
        }
        return new Value.Real(number);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParameterValue that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return Semantics.plainText(value);
    }
}
