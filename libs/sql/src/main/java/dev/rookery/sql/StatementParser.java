package dev.rookery.sql;

import dev.rookery.sql.ShowCommand.Subject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a whole statement: its kind, its query, and what may follow. */
final class StatementParser {

    /** After SHOW CREATE these are no tables, even alone: {@code SHOW CREATE USERS} lists them all. */
    private static final Set<String> ACCESS_ENTITIES = Set.of(
            "USER",
            "USERS",
            "ROLE",
            "ROLES",
            "POLICY",
            "POLICIES",
            "ROW",
            "PROFILE",
            "PROFILES",
            "SETTINGS",
            "QUOTA",
            "QUOTAS",
            "MASKING",
            "ACCESS",
            "DATABASE",
            "DICTIONARY",
            "NAMED",
            "FUNCTION",
            "TEMPORARY",
            "WORKLOAD",
            "RESOURCE");

    private final LexedSql lexed;
    private final Grammar grammar;
    private final Cursor cursor;
    private @Nullable ShowCommand show;
    private @Nullable String explain;

    StatementParser(LexedSql lexed) {
        this.lexed = lexed;
        this.grammar = new Grammar(lexed);
        this.cursor = grammar.cursor();
    }

    SqlStatement statement() {
        StatementKind kind = kind();
        switch (kind) {
            case SELECT -> grammar.queries().query(true);
            case EXPLAIN -> explain();
            case DESCRIBE -> describe();
            case EXISTS -> exists();
            case SHOW -> show();
            case OTHER -> {
                return grammar.facts().statement(lexed, kind, null, null);
            }
        }
        grammar.facts().close(grammar.scope());
        output();
        while (cursor.at(TokenType.SEMICOLON)) {
            int start = cursor.next().start();
            grammar.facts().hoist(start, start + 1);
        }
        if (!cursor.at(TokenType.END)) {
            throw cursor.fail(
                    cursor.previous().is(TokenType.SEMICOLON)
                            ? "Only one statement is allowed"
                            : "The statement should end here");
        }
        return grammar.facts().statement(lexed, kind, show, explain);
    }

    private StatementKind kind() {
        Token first = cursor.peek();
        if (first.is(TokenType.OPEN_ROUND)) {
            return StatementKind.SELECT;
        }
        return switch (first.keyword()) {
            case "SELECT", "WITH", "FROM" -> StatementKind.SELECT;
            case "SHOW" -> StatementKind.SHOW;
            case "DESCRIBE", "DESC" -> StatementKind.DESCRIBE;
            case "EXISTS" -> StatementKind.EXISTS;
            case "EXPLAIN" -> StatementKind.EXPLAIN;
            default -> StatementKind.OTHER;
        };
    }

    private void output() {
        if (cursor.at("INTO", "OUTFILE")) {
            throw cursor.fail("INTO OUTFILE is not allowed");
        }
        boolean format = false;
        boolean settings = false;
        while (true) {
            if (!format && cursor.at("FORMAT")) {
                int start = cursor.next().start();
                Token name = cursor.expectName("a format");
                if (!name.value().chars().allMatch(c -> Lexer.isWord((char) c))) {
                    throw cursor.failAt(name, "Not the name of a format");
                }
                grammar.facts().format(name.value());
                grammar.facts().hoist(start, name.end());
                format = true;
            } else if (!settings && cursor.at("SETTINGS")) {
                int start = cursor.next().start();
                grammar.settings().list(true);
                grammar.facts().hoist(start, cursor.previous().end());
                settings = true;
            } else {
                return;
            }
        }
    }

    private void explain() {
        cursor.next();
        explain = "PLAN";
        switch (cursor.peek().keyword()) {
            case "AST", "SYNTAX", "PLAN", "PIPELINE", "ESTIMATE" ->
                explain = cursor.next().keyword();
            case "QUERY" -> {
                cursor.next();
                cursor.expect("TREE");
                explain = "QUERY TREE";
            }
            default -> {
                // Without a type it explains the plan.
            }
        }
        if (cursor.peek().isName() && cursor.peek(1).is(TokenType.COMPARISON)) {
            grammar.settings().list(false);
        }
        if (!grammar.queries().startsQuery(0) && !cursor.at(TokenType.OPEN_ROUND)) {
            throw cursor.fail("Only a SELECT can be explained");
        }
        grammar.queries().query(true);
    }

    private void describe() {
        cursor.next();
        if (cursor.at("TABLE") && (cursor.peek(1).isName() || cursor.peek(1).is(TokenType.OPEN_ROUND))) {
            cursor.next();
        }
        grammar.tables().table(null);
    }

    private void exists() {
        cursor.next();
        if (cursor.at("DATABASE") && cursor.peek(1).isName()) {
            cursor.next();
            show = new ShowCommand(Subject.DATABASE, cursor.next().value(), null, false, false);
            return;
        }
        if ((cursor.at("TABLE") || cursor.at("VIEW")) && cursor.peek(1).isName()) {
            cursor.next();
        }
        show = new ShowCommand(Subject.TABLE, object(), null, false, false);
    }

    private void show() {
        cursor.next();
        cursor.accept("FULL");
        if (cursor.accept("DATABASES") || cursor.accept("SCHEMAS")) {
            pattern(Subject.DATABASES, null);
        } else if (cursor.accept("TABLES")) {
            pattern(Subject.TABLES, from());
        } else if (cursor.accept("COLUMNS") || cursor.accept("FIELDS")) {
            if (!cursor.accept("FROM")) {
                cursor.expect("IN");
            }
            String database = object();
            String second = from();
            pattern(Subject.COLUMNS, second == null ? database : second);
        } else if (cursor.accept("CREATE")) {
            if (cursor.at("TABLE") || cursor.at("VIEW")) {
                cursor.next();
            } else if (ACCESS_ENTITIES.contains(cursor.peek().keyword())) {
                throw cursor.fail("This cannot be shown");
            }
            show = new ShowCommand(Subject.CREATE_TABLE, object(), null, false, false);
        } else {
            throw cursor.fail("This cannot be shown");
        }
    }

    private @Nullable String from() {
        if (cursor.accept("FROM") || cursor.accept("IN")) {
            return cursor.expectName("a database").value();
        }
        return null;
    }

    private void pattern(Subject subject, @Nullable String database) {
        boolean negated = cursor.accept("NOT");
        boolean insensitive = cursor.accept("ILIKE");
        String pattern = null;
        if (insensitive || cursor.accept("LIKE")) {
            pattern = cursor.expect(TokenType.STRING, "a pattern").value();
        } else if (negated) {
            throw cursor.fail("Expected LIKE");
        }
        show = new ShowCommand(subject, database, pattern, negated, insensitive);
    }

    /** A table's name outside FROM; records the reference and returns its database. */
    private @Nullable String object() {
        Token first = cursor.expectName("a table");
        boolean qualified = cursor.accept(TokenType.DOT);
        Token last = qualified ? cursor.expectName("a table") : first;
        String database = qualified ? first.value() : null;
        var reference = new TableReference(
                database,
                last.value(),
                null,
                ReferenceKind.TABLE,
                null,
                List.of(),
                0,
                0,
                grammar.facts().position(first));
        grammar.facts().reference(new ReferenceSite(reference, last.end(), false, false, last.end(), last.end(), null));
        return database;
    }
}
