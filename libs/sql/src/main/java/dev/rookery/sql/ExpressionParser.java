package dev.rookery.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads expressions as an alternation of operands and operators, in ClickHouse's order of attempts. Precedence matters in
 * one place only: whether the right side of IN is a name alone.
 */
final class ExpressionParser {

    private static final Set<String> LITERAL_WORDS = Set.of("NULL", "TRUE", "FALSE", "INF", "NAN");

    private static final Set<String> NO_OPERAND = Set.of(
            "AS", "IN", "IS", "AND", "OR", "MOD", "DIV", "THEN", "END", "ASC", "DESC", "NULLS", "COLLATE", "REGEXP",
            "GLOBAL", "FROM", "WITH", "USING", "ON");

    private final Grammar grammar;
    private final Cursor cursor;

    ExpressionParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor();
    }

    /** Expressions separated by commas. */
    void list(AliasMode aliases) {
        list(aliases, Ending.NONE);
    }

    void list(AliasMode aliases, Ending ending) {
        do {
            expression(aliases, ending);
        } while (cursor.accept(TokenType.COMMA));
    }

    Operand expression(AliasMode aliases, Ending ending) {
        cursor.enter();
        Operand result = operand(ending);
        boolean aliased = false;
        int ternaries = 0;
        while (!ending.endsAt(cursor.peek())) {
            if (postfix()) {
                result = Operand.COMPOUND;
            } else if (membership()) {
                Operand right = operand(ending);
                if (right.path() != null && !bindsTighterThanIn(cursor.peek())) {
                    inOperand(right.path());
                }
                result = Operand.COMPOUND;
            } else if (cursor.at(TokenType.COLON) && ternaries > 0) {
                cursor.next();
                ternaries--;
                operand(ending);
                result = Operand.COMPOUND;
            } else if (binary()) {
                if (cursor.previous().is(TokenType.QUESTION)) {
                    ternaries++;
                }
                operand(ending);
                result = Operand.COMPOUND;
            } else if (!aliased && alias(aliases)) {
                if (aliases != AliasMode.ANY) {
                    break;
                }
                aliased = true;
            } else {
                break;
            }
        }
        if (ternaries > 0) {
            throw cursor.fail("Expected :");
        }
        cursor.leave();
        return result;
    }

    /** Notes a name that ClickHouse may read as a table to the right of IN. */
    void inOperand(Path path) {
        if (path.parts().size() <= 2) {
            grammar.scope().operand(new Scope.PendingOperand(path));
        }
    }

    private boolean alias(AliasMode mode) {
        if (mode == AliasMode.NONE) {
            return false;
        }
        Token name;
        if (cursor.accept("AS")) {
            name = cursor.expectName("an alias");
        } else if (mode != AliasMode.WITH_AS && Keywords.isAlias(cursor.peek())) {
            name = cursor.next();
        } else {
            return false;
        }
        grammar.scope().alias(name.value());
        return true;
    }

    private boolean postfix() {
        return switch (cursor.peek().type()) {
            case DOUBLE_COLON -> {
                cursor.next();
                new TypeParser(cursor).type();
                yield true;
            }
            case OPEN_SQUARE -> {
                array();
                yield true;
            }
            case DOT -> {
                grammar.columns().afterDot();
                yield true;
            }
            case WORD -> postfixKeyword();
            default -> false;
        };
    }

    private void array() {
        cursor.next();
        if (!cursor.at(TokenType.CLOSE_SQUARE)) {
            list(AliasMode.ANY);
        }
        cursor.expect(TokenType.CLOSE_SQUARE, "]");
    }

    private boolean postfixKeyword() {
        if (cursor.accept("IS")) {
            cursor.accept("NOT");
            if (cursor.accept("DISTINCT", "FROM")) {
                operand(Ending.NONE);
            } else if (!cursor.accept("NULL")
                    && !cursor.accept("TRUE")
                    && !cursor.accept("FALSE")
                    && !cursor.accept("UNKNOWN")) {
                throw cursor.fail("Expected NULL");
            }
            return true;
        }
        if (cursor.at("ESCAPE") && cursor.peek(1).is(TokenType.STRING)) {
            cursor.next();
            cursor.next();
            return true;
        }
        return false;
    }

    private boolean membership() {
        return cursor.accept("IN") || cursor.accept("NOT", "IN") || cursor.accept("GLOBAL", "IN") || globalNotIn();
    }

    private boolean globalNotIn() {
        if (cursor.at("GLOBAL", "NOT") && cursor.peek(2).keyword().equals("IN")) {
            cursor.next();
            cursor.next();
            cursor.next();
            return true;
        }
        return false;
    }

    private boolean binary() {
        return switch (cursor.peek().type()) {
            case COMPARISON, PLUS, MINUS, ASTERISK, SLASH, PERCENT, CONCATENATION, ARROW, QUESTION -> {
                cursor.next();
                yield true;
            }
            case WORD -> binaryKeyword();
            default -> false;
        };
    }

    private boolean binaryKeyword() {
        return switch (cursor.peek().keyword()) {
            case "AND", "OR", "LIKE", "ILIKE", "REGEXP", "BETWEEN", "MOD", "DIV" -> {
                cursor.next();
                yield true;
            }
            case "NOT" ->
                cursor.accept("NOT", "LIKE") || cursor.accept("NOT", "ILIKE") || cursor.accept("NOT", "BETWEEN");
            case "AT" -> atTimeZone();
            default -> false;
        };
    }

    private boolean atTimeZone() {
        if (cursor.at("AT", "TIME") && cursor.peek(2).keyword().equals("ZONE")) {
            cursor.next();
            cursor.next();
            cursor.next();
            return true;
        }
        return false;
    }

    private static boolean bindsTighterThanIn(Token token) {
        return switch (token.type()) {
            case CONCATENATION, PLUS, MINUS, ASTERISK, SLASH, PERCENT, DOT, OPEN_SQUARE, DOUBLE_COLON -> true;
            case WORD -> token.keyword().equals("MOD") || token.keyword().equals("DIV");
            default -> false;
        };
    }

    private Operand operand(Ending ending) {
        boolean prefixed = false;
        while (cursor.at(TokenType.PLUS) || cursor.at(TokenType.MINUS) || cursor.at("NOT")) {
            cursor.next();
            prefixed = true;
        }
        Operand operand = primary(ending);
        return prefixed ? Operand.COMPOUND : operand;
    }

    private Operand primary(Ending ending) {
        Token token = cursor.peek();
        return switch (token.type()) {
            case NUMBER -> {
                cursor.next();
                yield Operand.COMPOUND;
            }
            case STRING -> Operand.of(cursor.next());
            case ASTERISK -> {
                cursor.next();
                grammar.columns().transformers();
                yield Operand.COMPOUND;
            }
            case OPEN_ROUND -> parenthesis();
            case OPEN_SQUARE -> {
                array();
                yield Operand.COMPOUND;
            }
            case OPEN_CURLY -> {
                substitution();
                yield Operand.COMPOUND;
            }
            case DOUBLE_AT -> {
                cursor.next();
                cursor.expectName("a variable");
                while (cursor.accept(TokenType.DOT)) {
                    cursor.expectName("a variable");
                }
                yield Operand.COMPOUND;
            }
            case WORD, QUOTED -> named(token, ending);
            default -> throw cursor.fail("Expected an expression");
        };
    }

    private Operand named(Token token, Ending ending) {
        TokenType following = cursor.peek(1).type();
        switch (token.keyword()) {
            case "INTERVAL" -> {
                if (following == TokenType.STRING || isKeyword(Ending.INTERVAL::endsAt, 2)) {
                    interval();
                    return Operand.COMPOUND;
                }
            }
            case "CASE" -> {
                if (isKeyword(when -> when.keyword().equals("WHEN"), 1)) {
                    caseWhen();
                    return Operand.COMPOUND;
                }
            }
            case "DATE", "TIMESTAMP" -> {
                if (following == TokenType.STRING) {
                    cursor.next();
                    cursor.next();
                    return Operand.COMPOUND;
                }
            }
            case "SELECT" -> {
                boolean column = switch (following) {
                    case COMMA, DOT, CLOSE_SQUARE, ARROW -> true;
                    default -> ending.endsAt(cursor.peek(1));
                };
                if (!column) {
                    throw cursor.fail("A subquery needs parentheses");
                }
            }
            case "COLUMNS" -> {
                if (following == TokenType.OPEN_ROUND) {
                    grammar.columns().columns();
                    return Operand.COMPOUND;
                }
            }
            case "ANY", "SOME", "ALL" -> {
                if (following == TokenType.OPEN_ROUND && grammar.queries().startsQuery(2)) {
                    cursor.next();
                    return parenthesisAsCompound();
                }
            }
            default -> {
                // No word with a meaning of its own.
            }
        }
        if (following == TokenType.OPEN_ROUND) {
            grammar.functions().call();
            return Operand.COMPOUND;
        }
        if (LITERAL_WORDS.contains(token.keyword())) {
            cursor.next();
            return Operand.COMPOUND;
        }
        return grammar.columns().identifier();
    }

    private Operand parenthesisAsCompound() {
        parenthesis();
        return Operand.COMPOUND;
    }

    /** Whether INTERVAL or CASE is a keyword here and not the name of a column: what it needs follows in this element. */
    private boolean isKeyword(Predicate<Token> needed, int from) {
        Token following = cursor.peek(1);
        boolean operand = switch (following.type()) {
            case STRING, NUMBER, OPEN_ROUND, OPEN_SQUARE, OPEN_CURLY, QUOTED, MINUS -> true;
            case WORD -> !NO_OPERAND.contains(following.keyword());
            default -> false;
        };
        // What is needed stands behind a bracket, never inside it.
        int start = switch (following.type()) {
            case OPEN_ROUND, OPEN_SQUARE, OPEN_CURLY -> 1;
            default -> from;
        };
        return operand && cursor.elementHas(start, needed);
    }

    private void interval() {
        cursor.next();
        if (cursor.at(TokenType.STRING) && !Ending.INTERVAL.endsAt(cursor.peek(1))) {
            // The unit may stand inside the string; anything else that follows belongs to the expression around it.
            Token text = cursor.next();
            if (Lexer.isDigit(
                    text.value().isEmpty()
                            ? 'x'
                            : text.value().charAt(text.value().length() - 1))) {
                throw cursor.fail("Expected a unit of time");
            }
            return;
        }
        expression(AliasMode.NONE, Ending.INTERVAL);
        unit();
        if (cursor.at("TO") && Ending.INTERVAL.endsAt(cursor.peek(1))) {
            cursor.next();
            unit();
        }
    }

    private void unit() {
        if (!Ending.INTERVAL.endsAt(cursor.peek())) {
            throw cursor.fail("Expected a unit of time");
        }
        cursor.next();
    }

    private void caseWhen() {
        cursor.next();
        if (!cursor.at("WHEN")) {
            expression(AliasMode.ANY, Ending.CASE);
        }
        cursor.expect("WHEN");
        do {
            expression(AliasMode.ANY, Ending.CASE);
            cursor.expect("THEN");
            expression(AliasMode.ANY, Ending.CASE);
        } while (cursor.accept("WHEN"));
        if (cursor.accept("ELSE")) {
            expression(AliasMode.ANY, Ending.CASE);
        }
        cursor.expect("END");
    }

    private Operand parenthesis() {
        cursor.next();
        Operand only;
        if (grammar.queries().startsQuery(0)) {
            grammar.queries().nested();
            only = Operand.QUERY;
        } else if (cursor.at(TokenType.CLOSE_ROUND)) {
            only = Operand.COMPOUND;
        } else {
            only = expression(AliasMode.ANY, Ending.NONE);
            if (only.query() && QueryParser.isSetOperation(cursor)) {
                grammar.queries().continued();
            }
            while (cursor.accept(TokenType.COMMA)) {
                only = Operand.COMPOUND;
                if (!cursor.at(TokenType.CLOSE_ROUND)) {
                    expression(AliasMode.ANY, Ending.NONE);
                }
            }
        }
        cursor.expect(TokenType.CLOSE_ROUND, ")");
        return only;
    }

    private void substitution() {
        cursor.next();
        Token name = cursor.expectName("the name of a parameter");
        cursor.expect(TokenType.COLON, ":");
        Token first = cursor.peek();
        List<String> words = new ArrayList<>(new TypeParser(cursor).type());
        if (words.contains("IDENTIFIER")) {
            throw cursor.failAt(first, "A parameter of type Identifier is not allowed");
        }
        String type = cursor.text(first.start(), cursor.previous().end());
        cursor.expect(TokenType.CLOSE_CURLY, "}");
        grammar.facts().parameter(new QueryParameter(name.value(), type));
    }
}
