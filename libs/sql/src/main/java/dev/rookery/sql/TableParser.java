package dev.rookery.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what stands in FROM: tables, subqueries, table functions and their joins. */
final class TableParser {

    private final Grammar grammar;
    private final Cursor cursor;

    TableParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor();
    }

    /** Tables and joins; true if there was more than one element. */
    boolean tables(SelectSite select) {
        cursor.enter();
        table(select);
        boolean joined = false;
        while (join(select)) {
            joined = true;
        }
        cursor.leave();
        return joined;
    }

    private boolean join(SelectSite select) {
        if (cursor.accept(TokenType.COMMA)) {
            table(select);
            return true;
        }
        if (arrayJoin()) {
            grammar.expressions().list(AliasMode.WITH_AS);
            return true;
        }
        if (!startsJoin()) {
            return false;
        }
        if (!cursor.accept("GLOBAL")) {
            cursor.accept("LOCAL");
        }
        boolean natural = cursor.accept("NATURAL");
        strictness();
        boolean free = natural || cursor.at("CROSS") || cursor.at("PASTE");
        boolean kind = cursor.accept("INNER")
                || cursor.accept("LEFT")
                || cursor.accept("RIGHT")
                || cursor.accept("FULL")
                || cursor.accept("CROSS")
                || cursor.accept("PASTE");
        strictness();
        if (kind) {
            cursor.accept("OUTER");
        }
        cursor.expect("JOIN");
        table(select);
        if (cursor.accept("USING")) {
            using();
        } else if (cursor.accept("ON")) {
            grammar.expressions().expression(AliasMode.WITH_AS, Ending.NONE);
        } else if (!free) {
            throw cursor.fail("Expected ON or USING");
        }
        return true;
    }

    private boolean arrayJoin() {
        if (cursor.at("LEFT", "ARRAY") || cursor.at("INNER", "ARRAY")) {
            cursor.next();
        }
        return cursor.accept("ARRAY", "JOIN");
    }

    private boolean startsJoin() {
        return switch (cursor.peek().keyword()) {
            case "GLOBAL",
                    "LOCAL",
                    "NATURAL",
                    "ANY",
                    "ALL",
                    "ASOF",
                    "SEMI",
                    "ANTI",
                    "ONLY",
                    "INNER",
                    "LEFT",
                    "RIGHT",
                    "FULL",
                    "CROSS",
                    "PASTE",
                    "JOIN" -> true;
            default -> false;
        };
    }

    private void strictness() {
        boolean found = cursor.accept("ANY")
                || cursor.accept("ALL")
                || cursor.accept("ASOF")
                || cursor.accept("SEMI")
                || cursor.accept("ANTI");
        if (!found) {
            cursor.accept("ONLY");
        }
    }

    private void using() {
        boolean bracketed = cursor.accept(TokenType.OPEN_ROUND);
        grammar.expressions().list(AliasMode.WITH_AS);
        if (bracketed) {
            cursor.expect(TokenType.CLOSE_ROUND, ")");
        }
    }

    /** One table expression with its alias and modifiers. */
    void table(@Nullable SelectSite select) {
        Token first = cursor.peek();
        switch (first.type()) {
            case OPEN_ROUND -> {
                bracketed();
                String alias = alias();
                if (alias != null) {
                    grammar.scope().tableAlias(alias, first);
                }
                modifiers();
            }
            case WORD, QUOTED -> {
                if (cursor.peek(1).is(TokenType.OPEN_ROUND)) {
                    function();
                } else {
                    named(select);
                }
            }
            case STRING -> throw cursor.fail("A table's name is not a string");
            case OPEN_CURLY -> throw cursor.fail("A table's name cannot be a parameter");
            default -> throw cursor.fail("Expected a table");
        }
    }

    private void bracketed() {
        cursor.next();
        boolean query = grammar.queries().startsQuery(0)
                || (cursor.at(TokenType.OPEN_ROUND) && isUnionElement(cursor.afterPartner(0)));
        if (query) {
            grammar.queries().nested();
        } else if (!tables(new SelectSite())) {
            throw cursor.fail("Expected a subquery or a join");
        }
        cursor.expect(TokenType.CLOSE_ROUND, ")");
    }

    private static boolean isUnionElement(Token following) {
        return following.is(TokenType.CLOSE_ROUND)
                || following.keyword().equals("UNION")
                || following.keyword().equals("EXCEPT")
                || following.keyword().equals("INTERSECT");
    }

    private void named(@Nullable SelectSite select) {
        List<Token> parts = new ArrayList<>(2);
        parts.add(cursor.next());
        if (cursor.accept(TokenType.DOT)) {
            parts.add(cursor.expectName("a table"));
        }
        if (cursor.at(TokenType.DOT) || cursor.at(TokenType.OPEN_ROUND)) {
            if (parts.size() == 2 || cursor.at(TokenType.DOT)) {
                throw cursor.fail("Expected a table");
            }
        }
        int end = cursor.previous().end();
        String alias = alias();
        int modifiersStart = cursor.peek().start();
        boolean isFinal = cursor.at("FINAL");
        boolean modified = modifiers();
        int modifiersEnd = modified ? cursor.previous().end() : modifiersStart;
        Scope scope = grammar.scope();
        String name = parts.getLast().value();
        String database = parts.size() == 2 ? parts.getFirst().value() : null;
        if (alias != null) {
            scope.tableAlias(alias, parts.getFirst());
        }
        if (database == null) {
            scope.readTable(parts.getFirst());
            switch (scope.lookup(name)) {
                case FOUND -> {
                    grammar.facts().expressionUse(name);
                    return;
                }
                case AMBIGUOUS ->
                    throw cursor.failAt(parts.getFirst(), "It is not clear which definition of " + name + " is meant");
                case ABSENT -> scope.namedTable(name);
            }
        }
        var reference = new TableReference(
                database,
                name,
                alias,
                ReferenceKind.TABLE,
                null,
                List.of(),
                scope.depth(),
                scope.number(),
                grammar.facts().position(parts.getFirst()));
        grammar.facts()
                .reference(new ReferenceSite(
                        reference, end, select != null, isFinal, modifiersStart, modifiersEnd, select));
    }

    private void function() {
        Token name = cursor.next();
        cursor.next();
        cursor.enter();
        List<String> arguments = new ArrayList<>();
        boolean view = name.value().toLowerCase(Locale.ROOT).equals("view")
                && grammar.queries().startsQuery(0);
        if (view) {
            grammar.queries().nested();
        } else if (!cursor.at(TokenType.CLOSE_ROUND)) {
            do {
                if (cursor.at("SETTINGS") && cursor.peek(1).isName()) {
                    cursor.next();
                    grammar.settings().list(false);
                } else {
                    int start = cursor.peek().start();
                    grammar.expressions().expression(AliasMode.ANY, Ending.NONE);
                    arguments.add(cursor.text(start, cursor.previous().end()));
                }
            } while (cursor.accept(TokenType.COMMA));
        }
        cursor.expect(TokenType.CLOSE_ROUND, ")");
        int end = cursor.previous().end();
        cursor.leave();
        String alias = alias();
        modifiers();
        Scope scope = grammar.scope();
        if (alias != null) {
            scope.tableAlias(alias, name);
        }
        var reference = new TableReference(
                null,
                view ? "view" : name.value(),
                alias,
                ReferenceKind.TABLE_FUNCTION,
                null,
                arguments,
                scope.depth(),
                scope.number(),
                grammar.facts().position(name));
        grammar.facts().reference(new ReferenceSite(reference, end, false, false, end, end, null));
    }

    private @Nullable String alias() {
        String alias = null;
        if (cursor.accept("AS")) {
            alias = cursor.expectName("an alias").value();
        } else if (Keywords.isTableAlias(cursor.peek())) {
            alias = cursor.next().value();
        }
        if (alias != null && cursor.at(TokenType.OPEN_ROUND)) {
            cursor.next();
            do {
                cursor.expectName("a column");
            } while (cursor.accept(TokenType.COMMA));
            cursor.expect(TokenType.CLOSE_ROUND, ")");
        }
        return alias;
    }

    /** FINAL and SAMPLE; whether there were any. */
    private boolean modifiers() {
        boolean found = cursor.accept("FINAL");
        if (cursor.accept("SAMPLE")) {
            found = true;
            ratio();
            if (cursor.at("OFFSET") && cursor.peek(1).is(TokenType.NUMBER)) {
                cursor.next();
                ratio();
            }
        }
        if (cursor.at("STREAM") || cursor.at("UUID")) {
            throw cursor.fail("Not allowed after a table");
        }
        return found;
    }

    private void ratio() {
        cursor.expect(TokenType.NUMBER, "a number");
        if (cursor.accept(TokenType.SLASH)) {
            cursor.expect(TokenType.NUMBER, "a number");
        }
    }
}
