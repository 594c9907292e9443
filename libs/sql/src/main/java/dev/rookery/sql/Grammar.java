package dev.rookery.sql;

/** The parsers of one analysis, which call each other; none of them keeps state but through these parts. */
final class Grammar {

    private final Cursor cursor;
    private final Facts facts;
    private final ExpressionParser expressions;
    private final FunctionParser functions;
    private final ColumnParser columns;
    private final QueryParser queries;
    private final TableParser tables;
    private final SettingsParser settings;
    private Scope scope;

    Grammar(LexedSql lexed) {
        this.cursor = new Cursor(lexed);
        this.facts = new Facts(lexed.text());
        this.scope = facts.newScope(null, 0);
        this.expressions = new ExpressionParser(this);
        this.functions = new FunctionParser(this);
        this.columns = new ColumnParser(this);
        this.queries = new QueryParser(this);
        this.tables = new TableParser(this);
        this.settings = new SettingsParser(this);
    }

    Cursor cursor() {
        return cursor;
    }

    Facts facts() {
        return facts;
    }

    ExpressionParser expressions() {
        return expressions;
    }

    FunctionParser functions() {
        return functions;
    }

    ColumnParser columns() {
        return columns;
    }

    QueryParser queries() {
        return queries;
    }

    TableParser tables() {
        return tables;
    }

    SettingsParser settings() {
        return settings;
    }

    Scope scope() {
        return scope;
    }

    void scope(Scope current) {
        scope = current;
    }
}
