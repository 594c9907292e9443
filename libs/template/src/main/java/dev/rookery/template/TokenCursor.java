package dev.rookery.template;

import dev.rookery.template.ExpressionLexer.Token;
import java.util.List;

/** Walks over the tokens of one expression and holds its size and depth to what can be evaluated. */
final class TokenCursor {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_OPERATIONS = 1000;

    private final List<Token> tokens;
    private int at;
    private int depth;
    private int operations;

    TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Asked before parsing goes one level deeper. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new SyntaxProblem(peek().offset(), "the expression is nested more than " + MAX_DEPTH + " deep");
        }
    }

    void leave() {
        depth--;
    }

    /** Asked for every operation, as a chain of them is as deep to evaluate as it is long. */
    void operation() {
        if (++operations > MAX_OPERATIONS) {
            throw new SyntaxProblem(peek().offset(), "the expression has more than " + MAX_OPERATIONS + " operations");
        }
    }

    Token peek() {
        return tokens.get(at);
    }

    /** The token behind the next one. */
    Token ahead() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        var token = tokens.get(at);
        if (token.type() != ExpressionLexer.Type.END) {
            at++;
        }
        return token;
    }

    /** Passes over tokens that were looked at. */
    void skip(int count) {
        at += count;
    }

    boolean accept(String operator) {
        var found = isOperator(peek(), operator);
        at += found ? 1 : 0;
        return found;
    }

    boolean acceptName(String name) {
        var found = isName(peek(), name);
        at += found ? 1 : 0;
        return found;
    }

    void expect(String operator) {
        var token = next();
        if (!isOperator(token, operator)) {
            throw new SyntaxProblem(token.offset(), "expected '" + operator + "', found " + shown(token));
        }
    }

    static boolean isOperator(Token token, String text) {
        return token.type() == ExpressionLexer.Type.OPERATOR && token.text().equals(text);
    }

    static boolean isName(Token token, String text) {
        return token.type() == ExpressionLexer.Type.NAME && token.text().equals(text);
    }

    static SyntaxProblem unexpected(Token token) {
        return new SyntaxProblem(token.offset(), "unexpected " + shown(token));
    }

    private static String shown(Token token) {
        return switch (token.type()) {
            case OPERATOR, NAME -> "'" + token.text() + "'";
            case CONSTANT, END -> token.text();
        };
    }
}
