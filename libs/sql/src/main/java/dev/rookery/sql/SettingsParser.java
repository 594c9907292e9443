package dev.rookery.sql;

/** Reads {@code name = value} lists. */
final class SettingsParser {

    private final Grammar grammar;
    private final Cursor cursor;

    SettingsParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor();
    }

    /** The assignments after SETTINGS. */
    void list(boolean topLevel) {
        do {
            assignment(topLevel);
        } while (cursor.accept(TokenType.COMMA));
    }

    private void assignment(boolean topLevel) {
        Token name = cursor.expectName("the name of a setting");
        SourcePosition position = grammar.facts().position(name);
        if (cursor.at(TokenType.DOT)) {
            throw cursor.fail("A setting's name has no dot");
        }
        if (!isEquals()) {
            grammar.facts().setting(new Setting(name.value(), "1", "1", topLevel, position));
            return;
        }
        cursor.next();
        Token first = cursor.peek();
        switch (first.type()) {
            case MINUS -> {
                cursor.next();
                cursor.expect(TokenType.NUMBER, "a number");
            }
            case NUMBER, STRING, WORD -> cursor.next();
            case OPEN_ROUND, OPEN_SQUARE, OPEN_CURLY -> literal();
            default -> throw cursor.fail("Expected the value of a setting");
        }
        String value = cursor.text(first.start(), cursor.previous().end());
        String literal = first.is(TokenType.STRING) ? first.value() : value;
        if (first.binary()) {
            throw cursor.failAt(first, "The value of a setting must be text");
        }
        grammar.facts().setting(new Setting(name.value(), value, literal, topLevel, position));
    }

    boolean isEquals() {
        Token token = cursor.peek();
        return token.is(TokenType.COMPARISON)
                && cursor.text(token.start(), token.end()).equals("=");
    }

    /** An array, tuple or map of literals. */
    private void literal() {
        int open = 0;
        do {
            Token token = cursor.next();
            switch (token.type()) {
                case OPEN_ROUND, OPEN_SQUARE, OPEN_CURLY -> open++;
                case CLOSE_ROUND, CLOSE_SQUARE, CLOSE_CURLY -> open--;
                case NUMBER, STRING, COMMA, COLON, MINUS -> {
                    // Parts of a literal.
                }
                case WORD -> {
                    if (!token.keyword().equals("NULL")
                            && !token.keyword().equals("TRUE")
                            && !token.keyword().equals("FALSE")) {
                        throw cursor.failAt(token, "The value of a setting must be a literal");
                    }
                }
                default -> throw cursor.failAt(token, "The value of a setting must be a literal");
            }
        } while (open > 0);
    }
}
