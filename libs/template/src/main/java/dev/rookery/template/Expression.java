package dev.rookery.template;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A compiled expression. Immutable and shared between threads. */
sealed interface Expression {

    record Constant(Value value) implements Expression {}

    /**
     * A variable or request parameter.
     *
     * @param slot its place in {@link Frame}
     */
    record Name(String name, int slot) implements Expression {}

    record ListOf(List<Expression> items, boolean tuple) implements Expression {}

    record DictOf(List<Expression> keys, List<Expression> values) implements Expression {}

    record Not(Expression operand) implements Expression {}

    record Negative(Expression operand) implements Expression {}

    record And(List<Expression> operands) implements Expression {}

    record Or(List<Expression> operands) implements Expression {}

    record Arithmetic(Expression left, Operator operator, Expression right) implements Expression {}

    /** {@code first op rest[0] op rest[1] …}, each operand evaluated once. */
    record Comparison(Expression first, List<Comparator> comparators, List<Expression> rest) implements Expression {}

    record Conditional(Expression condition, Expression then, Expression otherwise) implements Expression {}

    record Index(Expression container, Expression index) implements Expression {}

    record Slice(
            Expression container,
            @Nullable Expression from,
            @Nullable Expression to,
            @Nullable Expression step) implements Expression {}

    record MethodCall(Expression receiver, String method, List<Expression> arguments) implements Expression {}

    /** A call of a function whose arguments are in the order of its parameters, empty where left out. */
    record FunctionCall(String name, Function function, List<Optional<Expression>> arguments) implements Expression {}

    /** {@code sql_and(column__op=operand, …)}. */
    record SqlAnd(List<String> columns, List<Value.Comparator> comparators, List<Expression> operands)
            implements Expression {}

    /** {@code tb_secret} or {@code tb_var}. */
    record Stored(String name, boolean secret, @Nullable Expression defaultValue) implements Expression {}

    /** {@code Int32(x, default, …)} and its kin, {@code Array} included. */
    record Cast(
            SqlType type,
            boolean array,
            Expression operand,
            @Nullable Expression defaultValue,
            @Nullable Expression required,
            @Nullable Expression defined,
            Metadata metadata)
            implements Expression {}

    /** {@code defined(x)}. */
    record Defined(Expression operand) implements Expression {}

    /** What a cast tells the documentation of an endpoint; never evaluated while rendering. */
    record Metadata(
            @Nullable Expression description,
            @Nullable Expression format,
            @Nullable Expression enumeration,
            @Nullable Expression example) {}

    /** Positional arguments and keyword arguments, as written. */
    record Arguments(List<Expression> positional, List<String> keywords, List<Expression> keywordValues) {}

    enum Operator {
        PLUS("+"),
        MINUS("-"),
        TIMES("*"),
        DIVIDE("/"),
        FLOOR_DIVIDE("//"),
        MODULO("%"),
        POWER("**");

        final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }
    }

    enum Comparator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        IN("in"),
        NOT_IN("not in"),
        IS("is"),
        IS_NOT("is not");

        final String symbol;

        Comparator(String symbol) {
            this.symbol = symbol;
        }
    }
}
