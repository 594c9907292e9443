package dev.rookery.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A condition on the rows of one table, such as the {@code filter} of a JWT's scope (JWT-11). It consists of columns,
 * literals, operators and function calls; anything that could name another object or introduce a name is refused.
 */
public final class SqlFilter {

    private final LexedSql lexed;
    private final List<Path> columns;

    private SqlFilter(LexedSql lexed, List<Path> columns) {
        this.lexed = lexed;
        this.columns = columns;
    }

    /**
     * Reads a filter.
     *
     * @throws SqlException if it is not a single condition of this kind
     */
    public static SqlFilter parse(String condition) {
        LexedSql lexed = Lexer.lex(condition);
        for (Token token : lexed.tokens()) {
            switch (token.type()) {
                case ARROW, SEMICOLON, OPEN_CURLY, DOUBLE_AT ->
                    throw SqlException.at(condition, token.start(), "Not allowed in a filter");
                default -> {
                    // Read below.
                }
            }
        }
        var grammar = new Grammar(lexed);
        if (grammar.queries().startsQuery(0)) {
            // In its brackets it would be read as a subquery.
            throw SqlException.at(condition, 0, "A filter is a condition, not a query");
        }
        grammar.expressions().expression(AliasMode.NONE, Ending.NONE);
        if (!grammar.cursor().at(TokenType.END)) {
            throw grammar.cursor().fail("A filter is a single condition");
        }
        Facts facts = grammar.facts();
        if (facts.hasObjects()
                || !grammar.scope().operands().isEmpty()
                || grammar.scope().hasAliases()) {
            throw SqlException.at(condition, 0, "A filter may only use columns of its own table");
        }
        return new SqlFilter(lexed, facts.columns());
    }

    /** The condition with every column qualified, in brackets; a newline ends a trailing comment. */
    String qualified(String qualifier) {
        String prefix = Quoting.identifier(qualifier) + '.';
        List<Edit> edits = new ArrayList<>(lexed.edits());
        for (Path column : columns) {
            edits.removeIf(edit -> edit.start() >= column.start()
                    && edit.end() <= column.first().end());
            edits.add(new Edit(
                    column.start(),
                    column.first().end(),
                    prefix + Quoting.identifier(column.first().value())));
        }
        edits.sort((a, b) -> Integer.compare(a.start(), b.start()));
        return '(' + Edit.apply(lexed.text(), edits) + "\n)";
    }
}
