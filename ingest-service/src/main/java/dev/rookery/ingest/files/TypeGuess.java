package dev.rookery.ingest.files;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Finds the narrowest type that holds all values of a column (SI-1 to SI-3). One thread. */
final class TypeGuess {
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,78}");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?");
    private static final Pattern DATE = Pattern.compile("(19|20)\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])");
    private static final Pattern TIME = Pattern.compile(
            DATE.pattern() + "[T ]([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:?\\d\\d)?");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int FLOAT_DIGITS = 9;

    private enum Kind {
        NOTHING,
        BOOLEAN,
        INTEGER,
        FLOAT32,
        FLOAT64,
        DATE,
        DATE_TIME,
        DATE_TIME64,
        UUID,
        TEXT
    }

    private Kind kind = Kind.NOTHING;
    private BigInteger least = BigInteger.ZERO;
    private BigInteger most = BigInteger.ZERO;
    private long values;

    /** How many values were seen. */
    long values() {
        return values;
    }

    void bool() {
        merge(Kind.BOOLEAN);
    }

    /** A text that is nothing else, or is to be kept as text. */
    void text() {
        merge(Kind.TEXT);
    }

    /** A number as JSON writes it. */
    void number(String text) {
        if (INTEGER.matcher(text).matches()) {
            var value = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
            least = values == 0 ? value.min(least) : least.min(value);
            most = most.max(value);
            merge(Kind.INTEGER);
        } else if (NUMBER.matcher(text).matches()) {
            merge(isFloat32(text) ? Kind.FLOAT32 : Kind.FLOAT64);
        } else {
            merge(Kind.TEXT);
        }
    }

    /** A text that may be a moment or an id. */
    void string(String text) {
        if (TIME.matcher(text).matches()) {
            merge(text.indexOf('.') > 0 ? Kind.DATE_TIME64 : Kind.DATE_TIME);
        } else if (DATE.matcher(text).matches()) {
            merge(Kind.DATE);
        } else {
            merge(UUID.matcher(text).matches() ? Kind.UUID : Kind.TEXT);
        }
    }

    /** A text that may be anything, as in CSV. */
    void any(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            bool();
        } else if (NUMBER.matcher(text).matches() && !isCode(text)) {
            number(text);
        } else {
            string(text);
        }
    }

    /** The type's name, without regard to missing values. */
    String type() {
        return switch (kind) {
            case NOTHING, TEXT -> "String";
            case BOOLEAN -> "Bool";
            case INTEGER -> integer();
            case FLOAT32 -> "Float32";
            case FLOAT64 -> "Float64";
            case DATE -> "Date";
            case DATE_TIME -> "DateTime";
            case DATE_TIME64 -> "DateTime64";
            case UUID -> "UUID";
        };
    }

    private String integer() {
        int bits = Math.max(least.bitLength(), most.bitLength());
        if (bits <= 15) {
            return "Int16";
        }
        if (bits <= 31) {
            return "Int32";
        }
        if (bits <= 63) {
            return "Int64";
        }
        if (least.signum() >= 0 && bits == 64) {
            return "UInt64";
        }
        return bits <= 127 ? "Int128" : bits <= 255 ? "Int256" : "String";
    }

    private void merge(Kind other) {
        values++;
        kind = kind == Kind.NOTHING || kind == other ? other : wider(kind, other);
    }

    private static Kind wider(Kind one, Kind other) {
        Kind low = one.compareTo(other) < 0 ? one : other;
        Kind high = one.compareTo(other) < 0 ? other : one;
        boolean numbers = low.compareTo(Kind.INTEGER) >= 0 && high.compareTo(Kind.FLOAT64) <= 0;
        boolean times = low.compareTo(Kind.DATE) >= 0 && high.compareTo(Kind.DATE_TIME64) <= 0;
        return numbers || times ? high : Kind.TEXT;
    }

    /** Whether the shortest text of the nearest float is this one: nothing is lost. */
    private static boolean isFloat32(String text) {
        var exact = new BigDecimal(text);
        float near = exact.floatValue();
        return exact.stripTrailingZeros().precision() <= FLOAT_DIGITS
                && !Float.isInfinite(near)
                && new BigDecimal(Float.toString(near)).compareTo(exact) == 0;
    }

    /** Post codes and the like lose their zeros as numbers. */
    private static boolean isCode(String text) {
        return text.length() > 1 && text.charAt(0) == '0' && Character.isDigit(text.charAt(1));
    }
}
