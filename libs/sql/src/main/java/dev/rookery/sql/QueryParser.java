package dev.rookery.sql;

import java.util.Set;

/** Reads SELECT with all its clauses, and chains of UNION, EXCEPT and INTERSECT. */
final class QueryParser {

    /** After WITH or FROM these say that the word before them is the name of a column. */
    private static final Set<String> OPERATORS =
            Set.of("AND", "OR", "NOT", "IS", "IN", "LIKE", "ILIKE", "REGEXP", "BETWEEN", "GLOBAL", "DIV", "MOD", "AS");

    private final Grammar grammar;
    private final Cursor cursor;
    private int depth = -1;

    QueryParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor();
    }

    /** Whether a query, and not an expression, starts at this token. */
    boolean startsQuery(int ahead) {
        Token token = cursor.peek(ahead);
        TokenType following = cursor.peek(ahead + 1).type();
        return switch (token.keyword()) {
            case "SELECT" ->
                following != TokenType.COMMA && following != TokenType.CLOSE_ROUND && following != TokenType.DOT;
            case "WITH", "FROM" ->
                switch (following) {
                    case WORD -> !OPERATORS.contains(cursor.peek(ahead + 1).keyword());
                    case QUOTED, STRING, NUMBER, OPEN_ROUND, OPEN_SQUARE, OPEN_CURLY -> true;
                    default -> false;
                };
            case "EXPLAIN" -> {
                if (following == TokenType.WORD) {
                    throw cursor.failAt(token, "EXPLAIN is not allowed in a subquery");
                }
                yield false;
            }
            default -> false;
        };
    }

    static boolean isSetOperation(Cursor cursor) {
        return cursor.at("UNION") || cursor.at("EXCEPT") || cursor.at("INTERSECT");
    }

    /** A query inside brackets. */
    void nested() {
        query(false);
    }

    /** The rest of a chain whose first element, in brackets, is already read. */
    void continued() {
        while (setOperation()) {
            element(false);
        }
    }

    /** A SELECT or a chain of them. */
    void query(boolean topLevel) {
        cursor.enter();
        depth++;
        Scope outer = grammar.scope();
        Scope chain = grammar.facts().newScope(outer, depth);
        grammar.scope(chain);
        chain.share(element(topLevel));
        while (setOperation()) {
            element(topLevel);
        }
        grammar.scope(outer);
        depth--;
        cursor.leave();
    }

    private boolean setOperation() {
        boolean found = cursor.accept("UNION") || cursor.accept("EXCEPT") || cursor.accept("INTERSECT");
        if (found && !cursor.accept("ALL")) {
            cursor.accept("DISTINCT");
        }
        return found;
    }

    private Scope element(boolean topLevel) {
        if (cursor.at(TokenType.OPEN_ROUND)) {
            cursor.enter();
            cursor.next();
            Scope chain = grammar.facts().newScope(grammar.scope(), depth);
            Scope outer = grammar.scope();
            grammar.scope(chain);
            chain.share(element(false));
            while (setOperation()) {
                element(false);
            }
            grammar.scope(outer);
            cursor.expect(TokenType.CLOSE_ROUND, ")");
            cursor.leave();
            return chain;
        }
        Scope outer = grammar.scope();
        Scope scope = grammar.facts().newScope(outer, depth);
        grammar.scope(scope);
        select(scope, topLevel);
        Token ambiguous = scope.tableReadByAlias();
        if (ambiguous != null) {
            throw cursor.failAt(
                    ambiguous, "It is not clear whether " + ambiguous.value() + " is a table or the alias of another");
        }
        grammar.facts().close(scope);
        grammar.scope(outer);
        return scope;
    }

    private void select(Scope scope, boolean topLevel) {
        var site = new SelectSite();
        if (cursor.at("WITH")) {
            with(scope);
        }
        boolean fromFirst = cursor.accept("FROM");
        if (fromFirst) {
            grammar.tables().tables(site);
        }
        cursor.expect("SELECT");
        distinct();
        selectList();
        if (!fromFirst && cursor.accept("FROM")) {
            grammar.tables().tables(site);
        }
        filters(site);
        groupBy();
        if (cursor.accept("HAVING")) {
            condition();
        }
        if (cursor.accept("WINDOW")) {
            windows();
        }
        if (cursor.accept("QUALIFY")) {
            condition();
        }
        if (cursor.accept("ORDER", "BY")) {
            orderBy();
        }
        limits();
        settings(topLevel);
    }

    private void settings(boolean topLevel) {
        if (cursor.at("SETTINGS")) {
            int start = cursor.next().start();
            int first = grammar.facts().settingCount();
            grammar.settings().list(topLevel);
            if (topLevel && !isSetOperation(cursor)) {
                grammar.facts().hoist(start, cursor.previous().end());
            } else {
                // Those of an element that is not the last of its chain are for that element alone.
                grammar.facts().ofElement(first);
            }
        }
    }

    private void with(Scope scope) {
        cursor.next();
        boolean recursive = cursor.at("RECURSIVE")
                && cursor.peek(1).isName()
                && !cursor.peek(1).keyword().equals("AS");
        if (recursive) {
            cursor.next();
        }
        scope.beginWith();
        do {
            if (cursor.at("SELECT") || (cursor.at("FROM") && cursor.previous().is(TokenType.COMMA))) {
                break;
            }
            withElement(scope, recursive);
        } while (cursor.accept(TokenType.COMMA));
        scope.endWith();
    }

    private void withElement(Scope scope, boolean recursive) {
        if (!isTableDefinition()) {
            grammar.expressions().expression(AliasMode.WITH_AS, Ending.NONE);
            return;
        }
        Token name = cursor.next();
        if (cursor.accept(TokenType.OPEN_ROUND)) {
            do {
                cursor.expectName("a column");
            } while (cursor.accept(TokenType.COMMA));
            cursor.expect(TokenType.CLOSE_ROUND, ")");
        }
        cursor.expect("AS");
        if (!cursor.accept("NOT", "MATERIALIZED")) {
            cursor.accept("MATERIALIZED");
        }
        if (scope.wasNamedTable(name.value())) {
            throw cursor.failAt(name, name.value() + " is used before WITH defines it");
        }
        if (scope.expressions().contains(name.value())) {
            throw cursor.failAt(name, "WITH defines " + name.value() + " twice");
        }
        if (recursive) {
            scope.expressions().add(name.value());
        } else {
            scope.defining(name.value());
        }
        cursor.expect(TokenType.OPEN_ROUND, "(");
        nested();
        cursor.expect(TokenType.CLOSE_ROUND, ")");
        scope.defining(null);
        scope.expressions().add(name.value());
    }

    /** {@code name [(columns)] AS [MATERIALIZED] (query)}. */
    private boolean isTableDefinition() {
        if (!cursor.peek().isName()) {
            return false;
        }
        int ahead = 1;
        if (cursor.peek(1).is(TokenType.OPEN_ROUND)) {
            if (!cursor.afterPartner(1).keyword().equals("AS")) {
                return false;
            }
            ahead = cursor.partnerDistance(1) + 1;
        }
        if (!cursor.peek(ahead).keyword().equals("AS")) {
            return false;
        }
        ahead++;
        if (cursor.peek(ahead).keyword().equals("NOT")) {
            ahead++;
        }
        if (cursor.peek(ahead).keyword().equals("MATERIALIZED")) {
            ahead++;
        }
        return cursor.peek(ahead).is(TokenType.OPEN_ROUND);
    }

    private void distinct() {
        cursor.accept("ALL");
        if (cursor.at("DISTINCT", "ON") && cursor.peek(2).is(TokenType.OPEN_ROUND)) {
            cursor.next();
            cursor.next();
            cursor.next();
            grammar.expressions().list(AliasMode.WITH_AS);
            cursor.expect(TokenType.CLOSE_ROUND, ")");
        } else {
            cursor.accept("DISTINCT");
        }
        cursor.accept("ALL");
        if (cursor.accept("TOP")) {
            boolean bracketed = cursor.accept(TokenType.OPEN_ROUND);
            cursor.expect(TokenType.NUMBER, "a number");
            if (bracketed) {
                cursor.expect(TokenType.CLOSE_ROUND, ")");
            }
            cursor.accept("WITH", "TIES");
        }
    }

    private void selectList() {
        boolean first = true;
        do {
            if (!first && endsList()) {
                return;
            }
            grammar.expressions().expression(AliasMode.SELECTED, Ending.NONE);
            first = false;
        } while (cursor.accept(TokenType.COMMA));
    }

    /** A comma may stand before FROM and at the end. */
    private boolean endsList() {
        Token following = cursor.peek(1);
        return switch (cursor.peek().type()) {
            case CLOSE_ROUND, END, SEMICOLON -> true;
            case WORD ->
                cursor.at("FROM")
                        && (following.is(TokenType.QUOTED)
                                || following.is(TokenType.OPEN_ROUND)
                                || (following.is(TokenType.WORD)
                                        && !following.keyword().equals("FROM")
                                        && !OPERATORS.contains(following.keyword())));
            default -> false;
        };
    }

    private void filters(SelectSite site) {
        if (cursor.at("PREWHERE")) {
            Token keyword = cursor.next();
            condition();
            site.prewhere(new SelectSite.Clause(keyword, cursor.previous().end()));
        }
        if (cursor.at("WHERE")) {
            Token keyword = cursor.next();
            condition();
            site.where(new SelectSite.Clause(keyword, cursor.previous().end()));
        }
    }

    private void condition() {
        grammar.expressions().expression(AliasMode.WITH_AS, Ending.NONE);
    }

    private void groupBy() {
        if (cursor.accept("GROUP", "BY")) {
            if (cursor.accept("GROUPING", "SETS")) {
                groupingSets();
            } else if ((cursor.at("ROLLUP") || cursor.at("CUBE"))
                    && cursor.peek(1).is(TokenType.OPEN_ROUND)) {
                cursor.next();
                cursor.next();
                grammar.expressions().list(AliasMode.WITH_AS);
                cursor.expect(TokenType.CLOSE_ROUND, ")");
            } else if (!cursor.accept("ALL")) {
                grammar.expressions().list(AliasMode.WITH_AS);
            }
        }
        while (cursor.accept("WITH")) {
            if (!cursor.accept("ROLLUP") && !cursor.accept("CUBE") && !cursor.accept("TOTALS")) {
                throw cursor.fail("Expected ROLLUP, CUBE or TOTALS");
            }
        }
    }

    private void groupingSets() {
        cursor.expect(TokenType.OPEN_ROUND, "(");
        grammar.expressions().list(AliasMode.WITH_AS);
        cursor.expect(TokenType.CLOSE_ROUND, ")");
    }

    private void windows() {
        do {
            cursor.expectName("the name of a window");
            cursor.expect("AS");
            grammar.functions().window();
        } while (cursor.accept(TokenType.COMMA));
    }

    /** The elements after ORDER BY, up to INTERPOLATE. */
    void orderBy() {
        do {
            grammar.expressions().expression(AliasMode.WITH_AS, Ending.NONE);
            if (!cursor.accept("ASC") && !cursor.accept("ASCENDING") && !cursor.accept("DESC")) {
                cursor.accept("DESCENDING");
            }
            if (cursor.accept("NULLS") && !cursor.accept("FIRST")) {
                cursor.expect("LAST");
            }
            if (cursor.accept("COLLATE")) {
                cursor.expect(TokenType.STRING, "a collation");
            }
            if (cursor.accept("WITH", "FILL")) {
                fill();
            }
        } while (cursor.accept(TokenType.COMMA));
        if (cursor.accept("INTERPOLATE") && cursor.accept(TokenType.OPEN_ROUND)) {
            if (!cursor.at(TokenType.CLOSE_ROUND)) {
                interpolations();
            }
            cursor.expect(TokenType.CLOSE_ROUND, ")");
        }
    }

    private void fill() {
        for (String keyword : new String[] {"FROM", "TO", "STEP", "STALENESS"}) {
            if (cursor.accept(keyword)) {
                grammar.expressions().expression(AliasMode.NONE, Ending.FILL);
            }
        }
    }

    private void interpolations() {
        do {
            cursor.expectName("a column");
            if (cursor.accept("AS")) {
                grammar.expressions().expression(AliasMode.NONE, Ending.NONE);
            }
        } while (cursor.accept(TokenType.COMMA));
    }

    private void limits() {
        for (int clauses = 0; clauses < 2 && cursor.accept("LIMIT"); clauses++) {
            condition();
            if (cursor.accept(TokenType.COMMA) || cursor.accept("OFFSET")) {
                condition();
            }
            cursor.accept("WITH", "TIES");
            if (cursor.accept("BY") && !cursor.accept("ALL")) {
                grammar.expressions().list(AliasMode.WITH_AS);
            }
        }
        if (cursor.accept("OFFSET")) {
            condition();
            if (!cursor.accept("ROW")) {
                cursor.accept("ROWS");
            }
        }
        if (cursor.at("FETCH", "FIRST") || cursor.at("FETCH", "NEXT")) {
            fetch();
        }
    }

    private void fetch() {
        cursor.next();
        cursor.next();
        condition();
        if (!cursor.accept("ROW")) {
            cursor.accept("ROWS");
        }
        if (!cursor.accept("ONLY") && !cursor.accept("WITH", "TIES")) {
            throw cursor.fail("Expected ONLY or WITH TIES");
        }
    }
}
