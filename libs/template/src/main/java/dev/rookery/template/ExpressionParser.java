package dev.rookery.template;

import dev.rookery.template.Expression.Comparator;
import dev.rookery.template.Expression.Operator;
import dev.rookery.template.ExpressionLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the Python expression subset by recursive descent; depth and size are bounded, so evaluation is too. */
final class ExpressionParser {
    private static final Set<String> RESERVED = Set.of("and", "or", "not", "in", "is", "if", "else", "lambda", "for");
    private static final Map<String, Value> NAMED_CONSTANTS = Map.of(
            "True", Value.Bool.TRUE,
            "true", Value.Bool.TRUE,
            "False", Value.Bool.FALSE,
            "false", Value.Bool.FALSE,
            "None", Value.Atom.NONE,
            "none", Value.Atom.NONE);

    private final TokenCursor tokens;
    private final Names names;

    ExpressionParser(String source, int from, int end, Names names) {
        this.tokens = new TokenCursor(ExpressionLexer.tokens(source, from, end));
        this.names = names;
    }

    /** A whole expression, a bare tuple included, up to the end. */
    Expression whole() {
        var expression = tupleOrOne();
        end();
        return expression;
    }

    /** The target of {@code for} or {@code set}: one name, or several that are unpacked. */
    List<Expression.Name> targets() {
        var targets = new ArrayList<Expression.Name>();
        var parenthesised = tokens.accept("(");
        do {
            var token = tokens.next();
            if (token.type() != ExpressionLexer.Type.NAME
                    || RESERVED.contains(token.text())
                    || NAMED_CONSTANTS.containsKey(token.text())) {
                throw TokenCursor.unexpected(token);
            }
            targets.add(names.name(token.text()));
        } while (tokens.accept(","));
        if (parenthesised) {
            tokens.expect(")");
        }
        return targets;
    }

    /** The operator of an augmented assignment such as {@code +=}, or null for a plain {@code =}. */
    @Nullable
    Operator assignment() {
        var token = tokens.next();
        if (token.type() == ExpressionLexer.Type.OPERATOR) {
            if (token.text().equals("=")) {
                return null;
            }
            for (var operator : Operator.values()) {
                if (token.text().equals(operator.symbol + "=")) {
                    return operator;
                }
            }
        }
        throw TokenCursor.unexpected(token);
    }

    void expectIn() {
        var token = tokens.next();
        if (!TokenCursor.isName(token, "in")) {
            throw TokenCursor.unexpected(token);
        }
    }

    private void end() {
        if (tokens.peek().type() != ExpressionLexer.Type.END) {
            throw TokenCursor.unexpected(tokens.peek());
        }
    }

    private Expression tupleOrOne() {
        var first = expression();
        if (!TokenCursor.isOperator(tokens.peek(), ",")) {
            return first;
        }
        var items = new ArrayList<Expression>();
        items.add(first);
        while (tokens.accept(",")) {
            if (tokens.peek().type() == ExpressionLexer.Type.END || TokenCursor.isOperator(tokens.peek(), ")")) {
                break;
            }
            items.add(expression());
        }
        return new Expression.ListOf(List.copyOf(items), true);
    }

    Expression expression() {
        tokens.enter();
        var then = or();
        if (tokens.acceptName("if")) {
            tokens.operation();
            var condition = or();
            if (!tokens.acceptName("else")) {
                throw TokenCursor.unexpected(tokens.peek());
            }
            then = new Expression.Conditional(condition, then, expression());
        }
        tokens.leave();
        return then;
    }

    private Expression or() {
        var first = and();
        if (!TokenCursor.isName(tokens.peek(), "or")) {
            return first;
        }
        var operands = new ArrayList<>(List.of(first));
        while (tokens.acceptName("or")) {
            operands.add(and());
        }
        return new Expression.Or(List.copyOf(operands));
    }

    private Expression and() {
        var first = not();
        if (!TokenCursor.isName(tokens.peek(), "and")) {
            return first;
        }
        var operands = new ArrayList<>(List.of(first));
        while (tokens.acceptName("and")) {
            operands.add(not());
        }
        return new Expression.And(List.copyOf(operands));
    }

    private Expression not() {
        var negations = 0;
        while (tokens.acceptName("not")) {
            negations++;
        }
        var operand = comparison();
        if (negations == 0) {
            return operand;
        }
        tokens.operation();
        var negated = new Expression.Not(operand);
        return negations % 2 == 1 ? negated : new Expression.Not(negated);
    }

    private Expression comparison() {
        var first = sum();
        var comparator = comparator();
        if (comparator == null) {
            return first;
        }
        var comparators = new ArrayList<Comparator>();
        var rest = new ArrayList<Expression>();
        while (comparator != null) {
            tokens.operation();
            comparators.add(comparator);
            rest.add(sum());
            comparator = comparator();
        }
        return new Expression.Comparison(first, List.copyOf(comparators), List.copyOf(rest));
    }

    private @Nullable Comparator comparator() {
        if (tokens.acceptName("in")) {
            return Comparator.IN;
        }
        if (tokens.acceptName("is")) {
            return tokens.acceptName("not") ? Comparator.IS_NOT : Comparator.IS;
        }
        if (TokenCursor.isName(tokens.peek(), "not") && TokenCursor.isName(tokens.ahead(), "in")) {
            tokens.skip(2);
            return Comparator.NOT_IN;
        }
        for (var comparator : Comparator.values()) {
            if (TokenCursor.isOperator(tokens.peek(), comparator.symbol)) {
                tokens.skip(1);
                return comparator;
            }
        }
        return null;
    }

    private Expression sum() {
        var left = product();
        while (true) {
            var operator = tokens.accept("+") ? Operator.PLUS : tokens.accept("-") ? Operator.MINUS : null;
            if (operator == null) {
                return left;
            }
            tokens.operation();
            left = new Expression.Arithmetic(left, operator, product());
        }
    }

    private Expression product() {
        var left = unary();
        while (true) {
            var operator = tokens.accept("*")
                    ? Operator.TIMES
                    : tokens.accept("//")
                            ? Operator.FLOOR_DIVIDE
                            : tokens.accept("/") ? Operator.DIVIDE : tokens.accept("%") ? Operator.MODULO : null;
            if (operator == null) {
                return left;
            }
            tokens.operation();
            left = new Expression.Arithmetic(left, operator, unary());
        }
    }

    private Expression unary() {
        var negative = false;
        while (true) {
            if (tokens.accept("-")) {
                negative = !negative;
            } else if (!tokens.accept("+")) {
                break;
            }
        }
        var operand = power();
        if (!negative) {
            return operand;
        }
        tokens.operation();
        return operand instanceof Expression.Constant(var value) && Numbers.isNumber(value)
                ? new Expression.Constant(Operations.negative(value))
                : new Expression.Negative(operand);
    }

    private Expression power() {
        var base = postfix();
        if (!tokens.accept("**")) {
            return base;
        }
        tokens.operation();
        tokens.enter();
        var exponent = unary();
        tokens.leave();
        return new Expression.Arithmetic(base, Operator.POWER, exponent);
    }

    private Expression postfix() {
        var start = tokens.peek();
        Expression operand;
        if (start.type() == ExpressionLexer.Type.NAME && TokenCursor.isOperator(tokens.ahead(), "(")) {
            tokens.skip(2);
            tokens.operation();
            operand = Functions.call(start.text(), arguments(), start.offset());
        } else {
            operand = atom();
        }
        while (true) {
            if (tokens.accept(".")) {
                tokens.operation();
                var method = tokens.next();
                if (method.type() != ExpressionLexer.Type.NAME) {
                    throw TokenCursor.unexpected(method);
                }
                tokens.expect("(");
                var arguments = arguments();
                if (!arguments.keywords().isEmpty() || !Methods.exists(method.text())) {
                    throw new SyntaxProblem(method.offset(), "there is no method ." + method.text() + "(…)");
                }
                operand = new Expression.MethodCall(operand, method.text(), arguments.positional());
            } else if (tokens.accept("[")) {
                tokens.operation();
                operand = subscript(operand);
            } else if (TokenCursor.isOperator(tokens.peek(), "(")) {
                throw new SyntaxProblem(tokens.peek().offset(), "only functions and methods can be called");
            } else {
                return operand;
            }
        }
    }

    private Expression subscript(Expression container) {
        Expression from = TokenCursor.isOperator(tokens.peek(), ":") ? null : expression();
        if (tokens.accept("]") && from != null) {
            return new Expression.Index(container, from);
        }
        tokens.expect(":");
        Expression to = TokenCursor.isOperator(tokens.peek(), ":") || TokenCursor.isOperator(tokens.peek(), "]")
                ? null
                : expression();
        Expression step = null;
        if (tokens.accept(":")) {
            step = TokenCursor.isOperator(tokens.peek(), "]") ? null : expression();
        }
        tokens.expect("]");
        return new Expression.Slice(container, from, to, step);
    }

    private Expression.Arguments arguments() {
        var positional = new ArrayList<Expression>();
        var keywords = new ArrayList<String>();
        var keywordValues = new ArrayList<Expression>();
        while (!tokens.accept(")")) {
            var token = tokens.peek();
            if (token.type() == ExpressionLexer.Type.NAME && TokenCursor.isOperator(tokens.ahead(), "=")) {
                tokens.skip(2);
                if (keywords.contains(token.text())) {
                    throw new SyntaxProblem(token.offset(), "the keyword argument " + token.text() + " is repeated");
                }
                keywords.add(token.text());
                keywordValues.add(expression());
            } else if (keywords.isEmpty()) {
                positional.add(expression());
            } else {
                throw new SyntaxProblem(token.offset(), "a positional argument follows a keyword argument");
            }
            if (!TokenCursor.isOperator(tokens.peek(), ")")) {
                tokens.expect(",");
            }
        }
        return new Expression.Arguments(List.copyOf(positional), List.copyOf(keywords), List.copyOf(keywordValues));
    }

    private Expression atom() {
        var token = tokens.next();
        return switch (token.type()) {
            case CONSTANT -> constant(token);
            case NAME -> {
                var constant = NAMED_CONSTANTS.get(token.text());
                if (constant != null) {
                    yield new Expression.Constant(constant);
                }
                if (RESERVED.contains(token.text())) {
                    throw TokenCursor.unexpected(token);
                }
                yield names.name(token.text());
            }
            case OPERATOR ->
                switch (token.text()) {
                    case "(" -> parenthesised();
                    case "[" -> new Expression.ListOf(items("]"), false);
                    case "{" -> dict();
                    default -> throw TokenCursor.unexpected(token);
                };
            case END -> throw TokenCursor.unexpected(token);
        };
    }

    /** Strings that follow one another are one string, as descriptions over several lines are written. */
    private Expression constant(Token first) {
        var value = value(first);
        if (!(value instanceof Value.Text text)) {
            return new Expression.Constant(value);
        }
        var joined = new StringBuilder(text.text());
        while (tokens.peek().value() instanceof Value.Text more) {
            joined.append(more.text());
            tokens.skip(1);
        }
        return new Expression.Constant(new Value.Text(joined.toString()));
    }

    private static Value value(Token token) {
        var value = token.value();
        return value == null ? Value.Atom.NONE : value;
    }

    private Expression parenthesised() {
        if (tokens.accept(")")) {
            return new Expression.ListOf(List.of(), true);
        }
        var inner = tupleOrOne();
        tokens.expect(")");
        return inner;
    }

    private List<Expression> items(String closing) {
        var items = new ArrayList<Expression>();
        while (!tokens.accept(closing)) {
            items.add(expression());
            if (TokenCursor.isName(tokens.peek(), "for")) {
                throw new SyntaxProblem(tokens.peek().offset(), "comprehensions are not supported; use {% for %}");
            }
            if (!TokenCursor.isOperator(tokens.peek(), closing)) {
                tokens.expect(",");
            }
        }
        return List.copyOf(items);
    }

    private Expression dict() {
        var keys = new ArrayList<Expression>();
        var values = new ArrayList<Expression>();
        while (!tokens.accept("}")) {
            keys.add(expression());
            tokens.expect(":");
            values.add(expression());
            if (!TokenCursor.isOperator(tokens.peek(), "}")) {
                tokens.expect(",");
            }
        }
        return new Expression.DictOf(List.copyOf(keys), List.copyOf(values));
    }
}
