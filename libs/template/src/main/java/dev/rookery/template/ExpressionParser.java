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
    private static final int MAX_DEPTH = 64;
    private static final int MAX_OPERATIONS = 1000;
    private static final Set<String> RESERVED = Set.of("and", "or", "not", "in", "is", "if", "else", "lambda", "for");
    private static final Map<String, Value> NAMED_CONSTANTS = Map.of(
            "True", Value.Bool.TRUE,
            "true", Value.Bool.TRUE,
            "False", Value.Bool.FALSE,
            "false", Value.Bool.FALSE,
            "None", Value.Atom.NONE,
            "none", Value.Atom.NONE);

    private final List<Token> tokens;
    private final Names names;
    private int at;
    private int depth;
    private int operations;

    ExpressionParser(String source, int from, int end, Names names) {
        this.tokens = ExpressionLexer.tokens(source, from, end);
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
        var parenthesised = accept("(");
        do {
            var token = next();
            if (token.type() != ExpressionLexer.Type.NAME
                    || RESERVED.contains(token.text())
                    || NAMED_CONSTANTS.containsKey(token.text())) {
                throw unexpected(token);
            }
            targets.add(names.name(token.text()));
        } while (accept(","));
        if (parenthesised) {
            expect(")");
        }
        return targets;
    }

    /** The operator of an augmented assignment such as {@code +=}, or null for a plain {@code =}. */
    @Nullable
    Operator assignment() {
        var token = next();
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
        throw unexpected(token);
    }

    void expectIn() {
        var token = next();
        if (!isName(token, "in")) {
            throw unexpected(token);
        }
    }

    private void end() {
        if (peek().type() != ExpressionLexer.Type.END) {
            throw unexpected(peek());
        }
    }

    private Expression tupleOrOne() {
        var first = expression();
        if (!isOperator(peek(), ",")) {
            return first;
        }
        var items = new ArrayList<Expression>();
        items.add(first);
        while (accept(",")) {
            if (peek().type() == ExpressionLexer.Type.END || isOperator(peek(), ")")) {
                break;
            }
            items.add(expression());
        }
        return new Expression.ListOf(List.copyOf(items), true);
    }

    Expression expression() {
        if (++depth > MAX_DEPTH) {
            throw new SyntaxProblem(peek().offset(), "the expression is nested more than " + MAX_DEPTH + " deep");
        }
        var then = or();
        if (acceptName("if")) {
            operation();
            var condition = or();
            if (!acceptName("else")) {
                throw unexpected(peek());
            }
            then = new Expression.Conditional(condition, then, expression());
        }
        depth--;
        return then;
    }

    private Expression or() {
        var first = and();
        if (!isName(peek(), "or")) {
            return first;
        }
        var operands = new ArrayList<>(List.of(first));
        while (acceptName("or")) {
            operands.add(and());
        }
        return new Expression.Or(List.copyOf(operands));
    }

    private Expression and() {
        var first = not();
        if (!isName(peek(), "and")) {
            return first;
        }
        var operands = new ArrayList<>(List.of(first));
        while (acceptName("and")) {
            operands.add(not());
        }
        return new Expression.And(List.copyOf(operands));
    }

    private Expression not() {
        var negations = 0;
        while (acceptName("not")) {
            negations++;
        }
        var operand = comparison();
        if (negations == 0) {
            return operand;
        }
        operation();
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
            operation();
            comparators.add(comparator);
            rest.add(sum());
            comparator = comparator();
        }
        return new Expression.Comparison(first, List.copyOf(comparators), List.copyOf(rest));
    }

    private @Nullable Comparator comparator() {
        if (acceptName("in")) {
            return Comparator.IN;
        }
        if (acceptName("is")) {
            return acceptName("not") ? Comparator.IS_NOT : Comparator.IS;
        }
        if (isName(peek(), "not") && isName(tokens.get(Math.min(at + 1, tokens.size() - 1)), "in")) {
            at += 2;
            return Comparator.NOT_IN;
        }
        for (var comparator : Comparator.values()) {
            if (isOperator(peek(), comparator.symbol)) {
                at++;
                return comparator;
            }
        }
        return null;
    }

    private Expression sum() {
        var left = product();
        while (true) {
            var operator = accept("+") ? Operator.PLUS : accept("-") ? Operator.MINUS : null;
            if (operator == null) {
                return left;
            }
            operation();
            left = new Expression.Arithmetic(left, operator, product());
        }
    }

    private Expression product() {
        var left = unary();
        while (true) {
            var operator = accept("*")
                    ? Operator.TIMES
                    : accept("//")
                            ? Operator.FLOOR_DIVIDE
                            : accept("/") ? Operator.DIVIDE : accept("%") ? Operator.MODULO : null;
            if (operator == null) {
                return left;
            }
            operation();
            left = new Expression.Arithmetic(left, operator, unary());
        }
    }

    private Expression unary() {
        var negative = false;
        while (true) {
            if (accept("-")) {
                negative = !negative;
            } else if (!accept("+")) {
                break;
            }
        }
        var operand = power();
        if (!negative) {
            return operand;
        }
        operation();
        return operand instanceof Expression.Constant(var value) && Numbers.isNumber(value)
                ? new Expression.Constant(Operations.negative(value))
                : new Expression.Negative(operand);
    }

    private Expression power() {
        var base = postfix();
        if (!accept("**")) {
            return base;
        }
        operation();
        if (++depth > MAX_DEPTH) {
            throw new SyntaxProblem(peek().offset(), "the expression is nested more than " + MAX_DEPTH + " deep");
        }
        var exponent = unary();
        depth--;
        return new Expression.Arithmetic(base, Operator.POWER, exponent);
    }

    private Expression postfix() {
        var start = peek();
        Expression operand;
        if (start.type() == ExpressionLexer.Type.NAME
                && isOperator(tokens.get(Math.min(at + 1, tokens.size() - 1)), "(")) {
            at += 2;
            operation();
            operand = Functions.call(start.text(), arguments(), start.offset());
        } else {
            operand = atom();
        }
        while (true) {
            if (accept(".")) {
                operation();
                var method = next();
                if (method.type() != ExpressionLexer.Type.NAME) {
                    throw unexpected(method);
                }
                expect("(");
                var arguments = arguments();
                if (!arguments.keywords().isEmpty() || !Methods.exists(method.text())) {
                    throw new SyntaxProblem(method.offset(), "there is no method ." + method.text() + "(…)");
                }
                operand = new Expression.MethodCall(operand, method.text(), arguments.positional());
            } else if (accept("[")) {
                operation();
                operand = subscript(operand);
            } else if (isOperator(peek(), "(")) {
                throw new SyntaxProblem(peek().offset(), "only functions and methods can be called");
            } else {
                return operand;
            }
        }
    }

    private Expression subscript(Expression container) {
        Expression from = isOperator(peek(), ":") ? null : expression();
        if (accept("]") && from != null) {
            return new Expression.Index(container, from);
        }
        expect(":");
        Expression to = isOperator(peek(), ":") || isOperator(peek(), "]") ? null : expression();
        Expression step = null;
        if (accept(":")) {
            step = isOperator(peek(), "]") ? null : expression();
        }
        expect("]");
        return new Expression.Slice(container, from, to, step);
    }

    private Expression.Arguments arguments() {
        var positional = new ArrayList<Expression>();
        var keywords = new ArrayList<String>();
        var keywordValues = new ArrayList<Expression>();
        while (!accept(")")) {
            var token = peek();
            if (token.type() == ExpressionLexer.Type.NAME
                    && isOperator(tokens.get(Math.min(at + 1, tokens.size() - 1)), "=")) {
                at += 2;
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
            if (!isOperator(peek(), ")")) {
                expect(",");
            }
        }
        return new Expression.Arguments(List.copyOf(positional), List.copyOf(keywords), List.copyOf(keywordValues));
    }

    private Expression atom() {
        var token = next();
        return switch (token.type()) {
            case CONSTANT -> constant(token);
            case NAME -> {
                var constant = NAMED_CONSTANTS.get(token.text());
                if (constant != null) {
                    yield new Expression.Constant(constant);
                }
                if (RESERVED.contains(token.text())) {
                    throw unexpected(token);
                }
                yield names.name(token.text());
            }
            case OPERATOR ->
                switch (token.text()) {
                    case "(" -> parenthesised();
                    case "[" -> new Expression.ListOf(items("]"), false);
                    case "{" -> dict();
                    default -> throw unexpected(token);
                };
            case END -> throw unexpected(token);
        };
    }

    /** Strings that follow one another are one string, as descriptions over several lines are written. */
    private Expression constant(Token first) {
        var value = value(first);
        if (!(value instanceof Value.Text text)) {
            return new Expression.Constant(value);
        }
        var joined = new StringBuilder(text.text());
        while (peek().value() instanceof Value.Text more) {
            joined.append(more.text());
            at++;
        }
        return new Expression.Constant(new Value.Text(joined.toString()));
    }

    private static Value value(Token token) {
        var value = token.value();
        return value == null ? Value.Atom.NONE : value;
    }

    private Expression parenthesised() {
        if (accept(")")) {
            return new Expression.ListOf(List.of(), true);
        }
        var inner = tupleOrOne();
        expect(")");
        return inner;
    }

    private List<Expression> items(String closing) {
        var items = new ArrayList<Expression>();
        while (!accept(closing)) {
            items.add(expression());
            if (isName(peek(), "for")) {
                throw new SyntaxProblem(peek().offset(), "comprehensions are not supported; use {% for %}");
            }
            if (!isOperator(peek(), closing)) {
                expect(",");
            }
        }
        return List.copyOf(items);
    }

    private Expression dict() {
        var keys = new ArrayList<Expression>();
        var values = new ArrayList<Expression>();
        while (!accept("}")) {
            keys.add(expression());
            expect(":");
            values.add(expression());
            if (!isOperator(peek(), "}")) {
                expect(",");
            }
        }
        return new Expression.DictOf(List.copyOf(keys), List.copyOf(values));
    }

    private void operation() {
        if (++operations > MAX_OPERATIONS) {
            throw new SyntaxProblem(peek().offset(), "the expression has more than " + MAX_OPERATIONS + " operations");
        }
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        var token = tokens.get(at);
        if (token.type() != ExpressionLexer.Type.END) {
            at++;
        }
        return token;
    }

    private boolean accept(String operator) {
        var found = isOperator(peek(), operator);
        at += found ? 1 : 0;
        return found;
    }

    private boolean acceptName(String name) {
        var found = isName(peek(), name);
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String operator) {
        var token = next();
        if (!isOperator(token, operator)) {
            throw new SyntaxProblem(token.offset(), "expected '" + operator + "', found " + shown(token));
        }
    }

    private static boolean isOperator(Token token, String text) {
        return token.type() == ExpressionLexer.Type.OPERATOR && token.text().equals(text);
    }

    private static boolean isName(Token token, String text) {
        return token.type() == ExpressionLexer.Type.NAME && token.text().equals(text);
    }

    private static SyntaxProblem unexpected(Token token) {
        return new SyntaxProblem(token.offset(), "unexpected " + shown(token));
    }

    private static String shown(Token token) {
        return token.type() == ExpressionLexer.Type.OPERATOR || token.type() == ExpressionLexer.Type.NAME
                ? "'" + token.text() + "'"
                : token.text();
    }
}
