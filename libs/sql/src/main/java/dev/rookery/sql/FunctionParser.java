package dev.rookery.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads calls, with the keywords that some functions have inside their brackets and that follow aggregates. */
final class FunctionParser {

    private static final Set<String> KEYWORD_ARGUMENTS =
            Set.of("extract", "trim", "ltrim", "rtrim", "substring", "overlay", "overlayutf8", "position");

    private final Grammar grammar;
    private final Cursor cursor;

    FunctionParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor();
    }

    void call() {
        Token name = cursor.next();
        String function = name.value().toLowerCase(Locale.ROOT);
        grammar.facts().function(name);
        if ((function.equals("exists") || function.equals("view"))
                && grammar.queries().startsQuery(1)) {
            cursor.next();
            grammar.queries().nested();
            cursor.expect(TokenType.CLOSE_ROUND, ")");
            return;
        }
        if (function.equals("cast")) {
            cast();
            return;
        }
        List<Operand> arguments = arguments(function);
        if (cursor.at(TokenType.OPEN_ROUND)) {
            if (ObjectFunctions.isMembership(function) || ObjectFunctions.namesObject(function)) {
                throw cursor.fail("This function has no parameters");
            }
            arguments = arguments(function);
        }
        objects(name, function, arguments);
        suffixes();
    }

    /** The bracketed arguments; what each one is, when it is a single thing. */
    private List<Operand> arguments(String function) {
        cursor.expect(TokenType.OPEN_ROUND, "(");
        cursor.enter();
        List<Operand> operands = new ArrayList<>(3);
        boolean keywords = KEYWORD_ARGUMENTS.contains(function);
        if (function.equals("trim")
                && (cursor.at("BOTH") || cursor.at("LEADING") || cursor.at("TRAILING"))
                && !cursor.peek(1).is(TokenType.CLOSE_ROUND)
                && !cursor.peek(1).is(TokenType.COMMA)) {
            cursor.next();
        } else if ((cursor.at("DISTINCT") || cursor.at("ALL"))
                && !cursor.peek(1).is(TokenType.CLOSE_ROUND)
                && !cursor.peek(1).is(TokenType.COMMA)) {
            cursor.next();
        }
        Ending ending = function.equals("position") ? Ending.POSITION : keywords ? Ending.ARGUMENT : Ending.NONE;
        if (!cursor.at(TokenType.CLOSE_ROUND)) {
            do {
                if (cursor.at(TokenType.CLOSE_ROUND) && !operands.isEmpty()) {
                    break;
                }
                operands.add(grammar.expressions().expression(AliasMode.ANY, ending));
                if (ending == Ending.POSITION) {
                    ending = cursor.accept("IN") ? Ending.NONE : Ending.ARGUMENT;
                    if (ending == Ending.NONE) {
                        operands.add(grammar.expressions().expression(AliasMode.ANY, ending));
                        break;
                    }
                }
            } while (cursor.accept(TokenType.COMMA) || (keywords && separator()));
        }
        cursor.expect(TokenType.CLOSE_ROUND, ")");
        cursor.leave();
        return operands;
    }

    private boolean separator() {
        return cursor.accept("FROM") || cursor.accept("FOR") || cursor.accept("PLACING");
    }

    private void cast() {
        cursor.expect(TokenType.OPEN_ROUND, "(");
        grammar.expressions().expression(AliasMode.NONE, Ending.CAST);
        if (cursor.at("AS") && cursor.peek(1).isName()) {
            Token following = cursor.peek(2);
            if (following.is(TokenType.COMMA) || following.keyword().equals("AS")) {
                cursor.next();
                grammar.scope().alias(cursor.next().value());
            }
        }
        if (cursor.accept("AS")) {
            new TypeParser(cursor).type();
        } else {
            cursor.expect(TokenType.COMMA, "AS");
            grammar.expressions().expression(AliasMode.ANY, Ending.NONE);
        }
        cursor.expect(TokenType.CLOSE_ROUND, ")");
    }

    private void objects(Token name, String function, List<Operand> arguments) {
        if (ObjectFunctions.isMembership(function)) {
            Path path = arguments.size() > 1 ? arguments.get(1).path() : null;
            if (path != null) {
                grammar.expressions().inOperand(path);
            }
        } else if (ObjectFunctions.namesObject(function)) {
            object(name, function, arguments.isEmpty() ? null : arguments.getFirst());
        } else if (function.equals("hascolumnintable")) {
            throw cursor.failAt(name, "The function hasColumnInTable is not allowed");
        }
    }

    private void object(Token name, String function, @Nullable Operand argument) {
        String database = null;
        String object = null;
        Token first = name;
        int end = name.end();
        if (argument != null
                && argument.literal() != null
                && !argument.literal().binary()) {
            first = argument.literal();
            end = first.end();
            String value = first.value();
            int dot = value.indexOf('.');
            database = dot < 0 ? null : value.substring(0, dot);
            object = value.substring(dot + 1);
        } else if (argument != null
                && argument.path() != null
                && argument.path().parts().size() <= 2) {
            Path path = argument.path();
            first = path.first();
            end = path.end();
            database = path.parts().size() == 2 ? first.value() : null;
            object = path.last().value();
        }
        if (object == null || object.isEmpty() || object.codePoints().anyMatch(Lexer::isControl)) {
            throw cursor.failAt(name, "The first argument of " + name.value() + " must be a name written out");
        }
        Scope scope = grammar.scope();
        var reference = new TableReference(
                database,
                object,
                null,
                ReferenceKind.FUNCTION_ARGUMENT,
                function,
                List.of(),
                scope.depth(),
                scope.number(),
                grammar.facts().position(first));
        grammar.facts().reference(new ReferenceSite(reference, end, false, false, end, end, null));
    }

    private void suffixes() {
        if (cursor.at("FILTER") && cursor.peek(1).is(TokenType.OPEN_ROUND)) {
            cursor.next();
            cursor.next();
            cursor.expect("WHERE");
            grammar.expressions().expression(AliasMode.ANY, Ending.NONE);
            cursor.expect(TokenType.CLOSE_ROUND, ")");
        }
        if (!cursor.accept("RESPECT", "NULLS")) {
            cursor.accept("IGNORE", "NULLS");
        }
        if (cursor.at("FILTER") && cursor.peek(1).is(TokenType.OPEN_ROUND)) {
            suffixes();
            return;
        }
        if (cursor.at("OVER") && (cursor.peek(1).isName() || cursor.peek(1).is(TokenType.OPEN_ROUND))) {
            cursor.next();
            if (cursor.at(TokenType.OPEN_ROUND)) {
                window();
            } else {
                cursor.next();
            }
        }
    }

    /** A window's definition in brackets. */
    void window() {
        cursor.expect(TokenType.OPEN_ROUND, "(");
        boolean named = cursor.peek().isName()
                && !cursor.at("PARTITION", "BY")
                && !cursor.at("ORDER", "BY")
                && !isFrame(cursor.peek());
        if (named) {
            cursor.next();
        }
        if (cursor.accept("PARTITION", "BY")) {
            grammar.expressions().list(AliasMode.WITH_AS);
        }
        if (cursor.accept("ORDER", "BY")) {
            grammar.queries().orderBy();
        }
        if (isFrame(cursor.peek())) {
            cursor.next();
            if (cursor.accept("BETWEEN")) {
                bound();
                cursor.expect("AND");
            }
            bound();
        }
        cursor.expect(TokenType.CLOSE_ROUND, ")");
    }

    private static boolean isFrame(Token token) {
        return token.keyword().equals("ROWS")
                || token.keyword().equals("RANGE")
                || token.keyword().equals("GROUPS");
    }

    private void bound() {
        if (cursor.accept("CURRENT", "ROW")) {
            return;
        }
        if (!cursor.accept("UNBOUNDED")) {
            grammar.expressions().expression(AliasMode.NONE, Ending.FRAME);
        }
        if (!cursor.accept("PRECEDING") && !cursor.accept("FOLLOWING")) {
            throw cursor.fail("Expected PRECEDING or FOLLOWING");
        }
    }
}
