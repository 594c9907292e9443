package dev.rookery.sql;

import java.util.Set;
import java.util.function.Predicate;

/** A position in the tokens, with the depth of nesting that parsing has reached. */
final class Cursor {

    /** Deep enough for generated SQL, shallow enough for any thread's stack. */
    static final int MAX_DEPTH = 150;

    private static final Set<String> CLAUSES = Set.of(
            "SELECT",
            "FROM",
            "WHERE",
            "PREWHERE",
            "GROUP",
            "HAVING",
            "QUALIFY",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "UNION",
            "EXCEPT",
            "INTERSECT",
            "WINDOW",
            "SETTINGS",
            "FORMAT",
            "JOIN",
            "USING",
            "AS");

    private final LexedSql lexed;
    private int index;
    private int depth;

    Cursor(LexedSql lexed) {
        this.lexed = lexed;
    }

    Token peek() {
        return lexed.tokens()[index];
    }

    Token peek(int ahead) {
        int at = Math.min(index + ahead, lexed.tokens().length - 1);
        return lexed.tokens()[at];
    }

    /** The token behind the bracket that closes the one at {@code ahead}. */
    Token afterPartner(int ahead) {
        return lexed.tokens()[lexed.partner()[index + ahead] + 1];
    }

    /** How many tokens lie between the current one and the bracket that closes the one at {@code ahead}. */
    int partnerDistance(int ahead) {
        return lexed.partner()[index + ahead] - index;
    }

    /** Whether such a token follows, outside brackets, before a comma or clause ends the current element. */
    boolean elementHas(int from, Predicate<Token> wanted) {
        if (CLAUSES.contains(peek(1).keyword())) {
            return false;
        }
        for (int at = index + from; at < lexed.tokens().length; at++) {
            Token token = lexed.tokens()[at];
            if (wanted.test(token)) {
                return true;
            }
            switch (token.type()) {
                case OPEN_ROUND, OPEN_SQUARE, OPEN_CURLY -> at = lexed.partner()[at];
                case CLOSE_ROUND, CLOSE_SQUARE, CLOSE_CURLY, COMMA, SEMICOLON, END -> {
                    return false;
                }
                default -> {
                    if (CLAUSES.contains(token.keyword())) {
                        return false;
                    }
                }
            }
        }
        return false;
    }

    Token next() {
        Token token = peek();
        if (!token.is(TokenType.END)) {
            index++;
        }
        return token;
    }

    /** The token before the current one; only after something was consumed. */
    Token previous() {
        return lexed.tokens()[index - 1];
    }

    String text(int start, int end) {
        return lexed.text().substring(start, end);
    }

    boolean at(TokenType type) {
        return peek().is(type);
    }

    boolean at(String keyword) {
        return peek().keyword().equals(keyword);
    }

    boolean at(String first, String second) {
        return at(first) && peek(1).keyword().equals(second);
    }

    boolean accept(TokenType type) {
        boolean found = at(type);
        if (found) {
            index++;
        }
        return found;
    }

    boolean accept(String keyword) {
        boolean found = at(keyword);
        if (found) {
            index++;
        }
        return found;
    }

    boolean accept(String first, String second) {
        boolean found = at(first, second);
        if (found) {
            index += 2;
        }
        return found;
    }

    Token expect(TokenType type, String what) {
        if (!at(type)) {
            throw fail("Expected " + what);
        }
        return next();
    }

    void expect(String keyword) {
        if (!accept(keyword)) {
            throw fail("Expected " + keyword);
        }
    }

    Token expectName(String what) {
        if (!peek().isName()) {
            throw fail("Expected " + what);
        }
        return next();
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw fail("The statement is nested more than " + MAX_DEPTH + " levels deep");
        }
    }

    void leave() {
        depth--;
    }

    SqlException fail(String message) {
        return failAt(peek(), message);
    }

    SqlException failAt(Token token, String message) {
        String found = token.is(TokenType.END) ? "the end" : lexed.text().substring(token.start(), token.end());
        String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
        return SqlException.at(lexed.text(), token.start(), message + ", at " + shown);
    }
}
