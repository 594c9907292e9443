package dev.rookery.template;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of the expression language. Closed on purpose: no Java object is reachable from a template. */
sealed interface Value {

    record Text(String text) implements Value {}

    /**
     * A whole number.
     *
     * @param sqlType the 128 or 256 bit type it was cast to, as ClickHouse reads wider plain literals as floats
     */
    record Int(BigInteger number, @Nullable String sqlType) implements Value {
        static Int of(long number) {
            return new Int(BigInteger.valueOf(number), null);
        }

        static Int of(BigInteger number) {
            return new Int(number, null);
        }
    }

    /** A floating point number, always finite: {@link Numbers#real} is the only way in. */
    record Real(double number) implements Value {}

    record Bool(boolean truth) implements Value {
        static final Bool TRUE = new Bool(true);
        static final Bool FALSE = new Bool(false);

        static Bool of(boolean truth) {
            return truth ? TRUE : FALSE;
        }
    }

    /**
     * A list or a tuple.
     *
     * @param depth how deep collections are nested in it, itself included
     */
    record Items(List<Value> items, boolean tuple, int depth) implements Value {}

    /**
     * A dictionary in insertion order; keys are normalised by {@link Containers#key}.
     *
     * @param depth how deep collections are nested in it, itself included
     */
    record Dict(Map<Value, Value> entries, int depth) implements Value {}

    /** A request parameter that was not sent. Stands as the placeholder of whatever type is asked of it (TPL-34). */
    record Undefined(String name) implements Value {}

    /** Checked identifiers, each one or more dotted parts; rendered quoted. */
    record Identifiers(List<String> names, char quote) implements Value {}

    /** The conjunction that {@code sql_and} builds; {@code terms} may be empty. */
    record Conjunction(List<Term> terms) implements Value {}

    /** One comparison of {@code sql_and}. */
    record Term(String column, Comparator comparator, Value operand) {}

    /** What {@code sql_and} may compare with (TPL-19). */
    enum Comparator {
        IN("in", "  IN "),
        NOT_IN("not_in", " NOT IN "),
        GTE("gte", " >= "),
        LTE("lte", " <= "),
        GT("gt", " > "),
        LT("lt", " < ");

        final String suffix;
        final String sql;

        Comparator(String suffix, String sql) {
            this.suffix = suffix;
            this.sql = sql;
        }
    }

    /** The two values that carry nothing. */
    enum Atom implements Value {
        NONE,
        /** The result of a function that is called for its effect and renders nothing, such as {@code max_threads}. */
        SILENT
    }
}
