package dev.rookery.sql;

import java.util.ArrayList;
import java.util.List;

/** Reads names of columns, asterisks and what may follow them. */
final class ColumnParser {

    private final Grammar grammar;
    private final Cursor cursor;

    ColumnParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor();
    }

    /** A name, possibly dotted, possibly ending in an asterisk or a column matcher. */
    Operand identifier() {
        List<Token> parts = new ArrayList<>(3);
        parts.add(cursor.next());
        boolean subcolumn = false;
        while (cursor.at(TokenType.DOT)) {
            Token following = cursor.peek(1);
            if (following.is(TokenType.NUMBER)) {
                break;
            }
            if (following.isName() && !isColumns(following, cursor.peek(2))) {
                cursor.next();
                if (cursor.peek(1).is(TokenType.OPEN_ROUND)) {
                    throw cursor.fail("A function's name has no dot");
                }
                parts.add(cursor.next());
            } else {
                qualified(parts);
                boolean json = following.is(TokenType.CARET) || following.is(TokenType.COLON);
                afterDot();
                if (!json) {
                    return Operand.COMPOUND;
                }
                subcolumn = true;
            }
        }
        Path path = new Path(List.copyOf(parts));
        grammar.facts().column(path);
        if (parts.size() >= 3) {
            grammar.facts().qualifiedColumn(path);
        }
        return subcolumn ? Operand.COMPOUND : Operand.of(path);
    }

    /** A database before a table in {@code db.t.*}. */
    private void qualified(List<Token> parts) {
        if (parts.size() >= 2) {
            grammar.facts().qualifiedColumn(new Path(List.copyOf(parts)));
        }
    }

    /** What follows the dot after any operand. */
    void afterDot() {
        cursor.expect(TokenType.DOT, ".");
        Token token = cursor.peek();
        switch (token.type()) {
            case NUMBER -> cursor.next();
            case ASTERISK -> {
                cursor.next();
                transformers();
            }
            case CARET -> {
                cursor.next();
                cursor.expectName("a name");
            }
            case COLON -> {
                cursor.next();
                new TypeParser(cursor).type();
            }
            case WORD, QUOTED -> {
                if (isColumns(token, cursor.peek(1))) {
                    columns();
                } else {
                    cursor.next();
                }
            }
            default -> throw cursor.fail("Expected a name");
        }
    }

    private static boolean isColumns(Token token, Token following) {
        return token.keyword().equals("COLUMNS") && following.is(TokenType.OPEN_ROUND);
    }

    /** {@code COLUMNS('regexp')} or {@code COLUMNS(a, b)}. */
    void columns() {
        cursor.next();
        cursor.expect(TokenType.OPEN_ROUND, "(");
        do {
            if (!cursor.accept(TokenType.STRING)) {
                names();
            }
        } while (cursor.accept(TokenType.COMMA));
        cursor.expect(TokenType.CLOSE_ROUND, ")");
        transformers();
    }

    private void names() {
        cursor.expectName("a column");
        while (cursor.accept(TokenType.DOT)) {
            cursor.expectName("a column");
        }
    }

    /** EXCEPT, REPLACE, APPLY and LIKE after an asterisk or a matcher. */
    void transformers() {
        if (cursor.at("LIKE") || cursor.at("ILIKE")) {
            if (cursor.peek(1).is(TokenType.STRING)) {
                cursor.next();
                cursor.next();
            }
        } else if (cursor.at("NOT") && (cursor.at("NOT", "LIKE") || cursor.at("NOT", "ILIKE"))) {
            cursor.next();
            cursor.next();
            cursor.expect(TokenType.STRING, "a pattern");
        }
        while (true) {
            if (cursor.at("EXCEPT") && !isSetOperation()) {
                cursor.next();
                cursor.accept("STRICT");
                exceptColumns();
            } else if (cursor.at("REPLACE") && startsReplacement()) {
                cursor.next();
                cursor.accept("STRICT");
                replacements();
            } else if (cursor.at("APPLY") && startsReplacement()) {
                cursor.next();
                apply();
            } else {
                return;
            }
        }
    }

    /** Only with brackets: a word directly after {@code * EXCEPT} is a column, even if it is SELECT or ALL. */
    private boolean isSetOperation() {
        return cursor.peek(1).is(TokenType.OPEN_ROUND)
                && (cursor.peek(2).is(TokenType.OPEN_ROUND) || grammar.queries().startsQuery(2));
    }

    private boolean startsReplacement() {
        Token following = cursor.peek(1);
        return following.is(TokenType.OPEN_ROUND)
                || following.is(TokenType.QUOTED)
                || (following.is(TokenType.WORD) && Keywords.isAlias(following));
    }

    private void exceptColumns() {
        if (cursor.at(TokenType.OPEN_ROUND)) {
            cursor.next();
            do {
                if (!cursor.accept(TokenType.STRING)) {
                    names();
                }
            } while (cursor.accept(TokenType.COMMA));
            cursor.expect(TokenType.CLOSE_ROUND, ")");
        } else {
            names();
        }
    }

    private void replacements() {
        if (cursor.accept(TokenType.OPEN_ROUND)) {
            grammar.expressions().list(AliasMode.WITH_AS);
            cursor.expect(TokenType.CLOSE_ROUND, ")");
        } else {
            grammar.expressions().expression(AliasMode.WITH_AS, Ending.NONE);
        }
    }

    private void apply() {
        boolean bracketed = cursor.accept(TokenType.OPEN_ROUND);
        Operand function = grammar.expressions().expression(AliasMode.NONE, Ending.NONE);
        if (function.path() != null) {
            // A bare name here is a function that is called with every column.
            grammar.facts().function(function.path().last());
        }
        if (bracketed) {
            if (cursor.accept(TokenType.COMMA)) {
                cursor.expect(TokenType.STRING, "a prefix");
            }
            cursor.expect(TokenType.CLOSE_ROUND, ")");
        }
    }
}
