package dev.rookery.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns calls into expressions: knows every function, its parameters, and what it demands of a template. */
final class Functions {
    /** A function's parameters in order; the first {@code required} of them must be given. */
    private record Signature(List<String> parameters, int required, boolean variadic, Function body) {}

    private static final List<String> CAST_PARAMETERS = List.of("x", "default", "description", "required");
    private static final List<String> ARRAY_PARAMETERS = List.of("x", "type", "default", "defined", "required");
    private static final Set<String> CAST_KEYWORDS =
            Set.of("default", "description", "required", "format", "enum", "example", "defined", "type", "order");
    private static final Map<String, Signature> SIGNATURES = new HashMap<>();

    static {
        define("len", "obj", 1, PythonFunctions::length);
        define("int", "x", 0, PythonFunctions::toInt);
        define("float", "x", 0, PythonFunctions::toFloat);
        define("str", "x", 0, PythonFunctions::toText);
        define("bool", "x", 0, PythonFunctions::toBool);
        define("list", "x", 0, PythonFunctions::toList);
        define("tuple", "x", 0, PythonFunctions::toTuple);
        define("dict", "x", 0, PythonFunctions::toDict);
        define("abs", "x", 1, PythonFunctions::absolute);
        define("round", "x ndigits", 1, PythonFunctions::round);
        define("sum", "x start", 1, PythonFunctions::sum);
        define("sorted", "x reverse", 1, PythonFunctions::sorted);
        define("reversed", "x", 1, PythonFunctions::reversed);
        define("enumerate", "x start", 1, PythonFunctions::enumerate);
        define("any", "x", 1, PythonFunctions::any);
        define("all", "x", 1, PythonFunctions::all);
        define("range", "start stop step", 1, PythonFunctions::range);
        variadic("min", PythonFunctions::min);
        variadic("max", PythonFunctions::max);
        variadic("zip", PythonFunctions::zip);
        define("column", "x default", 1, SqlFunctions::column);
        define("columns", "x default", 1, SqlFunctions::columns);
        define("symbol", "x quote", 1, SqlFunctions::symbol);
        define("TABLE", "x", 1, SqlFunctions::symbol);
        define("split_to_array", "arr default separator", 1, SqlFunctions::splitToArray);
        define("enumerate_with_last", "x", 1, SqlFunctions::enumerateWithLast);
        define("JSON", "x default", 1, SqlFunctions::json);
        define("error", "message", 1, SqlFunctions::error);
        define("custom_error", "body status_code", 1, SqlFunctions::customError);
        define("max_threads", "n", 1, SqlFunctions::maxThreads);
        for (var difference : DateDifference.values()) {
            define(
                    difference.functionName,
                    "date_1 date_2 date_format backup_date_format none_if_error",
                    2,
                    difference);
        }
    }

    private Functions() {}

    private static void define(String name, String parameters, int required, Function body) {
        SIGNATURES.put(name, new Signature(List.of(parameters.split(" ")), required, false, body));
    }

    private static void variadic(String name, Function body) {
        SIGNATURES.put(name, new Signature(List.of(), 1, true, body));
    }

    static Expression call(String name, Expression.Arguments arguments, int offset) {
        switch (name) {
            case "defined" -> {
                return defined(single(name, arguments, offset));
            }
            case "sql_and" -> {
                return sqlAnd(arguments, offset);
            }
            case "tb_secret", "tb_var" -> {
                return stored(name, arguments, offset);
            }
            case "Array" -> {
                return array(arguments, offset);
            }
            default -> {}
        }
        var type = SqlType.named(name);
        if (type.isPresent()) {
            return cast(type.get(), arguments, offset);
        }
        var signature = SIGNATURES.get(name);
        if (signature == null) {
            throw new SyntaxProblem(
                    offset,
                    "'" + name + "' is not a template function; SQL functions belong outside of {{ }} and {% %}");
        }
        return function(name, signature, arguments, offset);
    }

    private static Expression function(String name, Signature signature, Expression.Arguments arguments, int offset) {
        var given = arguments.positional().size();
        if ((!signature.variadic() && given > signature.parameters().size())
                || given + arguments.keywords().size() < signature.required()) {
            throw new SyntaxProblem(offset, name + "() does not take " + given + " argument(s)");
        }
        var ordered = new ArrayList<Optional<Expression>>();
        arguments.positional().forEach(argument -> ordered.add(Optional.of(argument)));
        while (ordered.size() < signature.parameters().size()) {
            ordered.add(Optional.empty());
        }
        for (var i = 0; i < arguments.keywords().size(); i++) {
            var keyword = arguments.keywords().get(i);
            var position = signature.parameters().indexOf(keyword);
            if (position < 0 || position < given) {
                throw unexpectedKeyword(name, keyword, offset);
            }
            ordered.set(position, Optional.of(arguments.keywordValues().get(i)));
        }
        for (var i = 0; i < signature.required(); i++) {
            if (ordered.get(i).isEmpty()) {
                throw new SyntaxProblem(
                        offset,
                        name + "() misses its argument "
                                + signature.parameters().get(i));
            }
        }
        return new Expression.FunctionCall(name, signature.body(), List.copyOf(ordered));
    }

    private static Expression single(String name, Expression.Arguments arguments, int offset) {
        if (arguments.positional().size() != 1 || !arguments.keywords().isEmpty()) {
            throw new SyntaxProblem(offset, name + "() takes one argument");
        }
        return arguments.positional().getFirst();
    }

    /** Asks a cast for its operand: a placeholder in its place does not make the parameter defined. */
    private static Expression defined(Expression operand) {
        return operand instanceof Expression.Cast cast
                ? cast.defaultValue() == null ? defined(cast.operand()) : new Expression.Constant(Value.Bool.TRUE)
                : new Expression.Defined(operand);
    }

    private static Expression sqlAnd(Expression.Arguments arguments, int offset) {
        if (!arguments.positional().isEmpty() || arguments.keywords().isEmpty()) {
            throw new SyntaxProblem(offset, "sql_and() takes arguments of the form column__operator=value");
        }
        var columns = new ArrayList<String>();
        var comparators = new ArrayList<Value.Comparator>();
        for (var keyword : arguments.keywords()) {
            var separator = keyword.lastIndexOf("__");
            var suffix = separator < 0 ? "" : keyword.substring(separator + 2);
            var comparator = Arrays.stream(Value.Comparator.values())
                    .filter(candidate -> candidate.suffix.equals(suffix))
                    .findFirst();
            if (separator < 1 || comparator.isEmpty()) {
                throw new SyntaxProblem(
                        offset,
                        "sql_and(): " + keyword + " does not end in __in, __not_in, __gt, __lt, __gte or __lte");
            }
            columns.add(SqlFunctions.identifier(keyword.substring(0, separator)));
            comparators.add(comparator.get());
        }
        return new Expression.SqlAnd(List.copyOf(columns), List.copyOf(comparators), arguments.keywordValues());
    }

    /** The name must be spelled out: a request that could choose it could read every secret of the workspace. */
    private static Expression stored(String name, Expression.Arguments arguments, int offset) {
        if (arguments.positional().isEmpty()
                || arguments.positional().size() > 2
                || !(arguments.positional().getFirst() instanceof Expression.Constant(Value.Text(var stored)))) {
            throw new SyntaxProblem(offset, name + "() takes a name in quotes and an optional default");
        }
        for (var keyword : arguments.keywords()) {
            if (!keyword.equals("default") || arguments.positional().size() > 1) {
                throw unexpectedKeyword(name, keyword, offset);
            }
        }
        return new Expression.Stored(
                stored, name.equals("tb_secret"), argument(arguments, List.of("x", "default"), "default"));
    }

    private static Expression cast(SqlType type, Expression.Arguments arguments, int offset) {
        check(type.sqlName, arguments, CAST_PARAMETERS, offset);
        return new Expression.Cast(
                type,
                false,
                arguments.positional().getFirst(),
                argument(arguments, CAST_PARAMETERS, "default"),
                argument(arguments, CAST_PARAMETERS, "required"),
                argument(arguments, CAST_PARAMETERS, "defined"),
                metadata(arguments, CAST_PARAMETERS));
    }

    private static Expression array(Expression.Arguments arguments, int offset) {
        check("Array", arguments, ARRAY_PARAMETERS, offset);
        var type = SqlType.STRING;
        var typeArgument = argument(arguments, ARRAY_PARAMETERS, "type");
        if (typeArgument instanceof Expression.Constant(Value.Text(var typeName))) {
            type = SqlType.named(typeName)
                    .orElseThrow(() -> new SyntaxProblem(offset, "Array() does not know the type '" + typeName + "'"));
        } else if (typeArgument != null && !typeArgument.equals(new Expression.Constant(Value.Atom.NONE))) {
            throw new SyntaxProblem(offset, "the type of Array() must be spelled out in quotes");
        }
        return new Expression.Cast(
                type,
                true,
                arguments.positional().getFirst(),
                argument(arguments, ARRAY_PARAMETERS, "default"),
                argument(arguments, ARRAY_PARAMETERS, "required"),
                argument(arguments, ARRAY_PARAMETERS, "defined"),
                metadata(arguments, ARRAY_PARAMETERS));
    }

    private static void check(String name, Expression.Arguments arguments, List<String> parameters, int offset) {
        if (arguments.positional().isEmpty() || arguments.positional().size() > parameters.size()) {
            throw new SyntaxProblem(
                    offset, name + "() does not take " + arguments.positional().size() + " argument(s)");
        }
        for (var keyword : arguments.keywords()) {
            var position = parameters.indexOf(keyword);
            if (!CAST_KEYWORDS.contains(keyword)
                    || (position >= 0 && position < arguments.positional().size())) {
                throw unexpectedKeyword(name, keyword, offset);
            }
        }
    }

    private static Expression.Metadata metadata(Expression.Arguments arguments, List<String> parameters) {
        return new Expression.Metadata(
                argument(arguments, parameters, "description"),
                argument(arguments, parameters, "format"),
                argument(arguments, parameters, "enum"),
                argument(arguments, parameters, "example"));
    }

    private static @Nullable Expression argument(Expression.Arguments arguments, List<String> parameters, String name) {
        var position = parameters.indexOf(name);
        if (position >= 0 && position < arguments.positional().size()) {
            return arguments.positional().get(position);
        }
        var keyword = arguments.keywords().indexOf(name);
        return keyword < 0 ? null : arguments.keywordValues().get(keyword);
    }

    private static SyntaxProblem unexpectedKeyword(String name, String keyword, int offset) {
        return new SyntaxProblem(offset, name + "() does not take the argument " + keyword);
    }
}
