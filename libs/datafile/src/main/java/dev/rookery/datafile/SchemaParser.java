package dev.rookery.datafile;

import dev.rookery.datafile.Column.Expression;
import dev.rookery.datafile.Column.ExpressionKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a {@code SCHEMA} block (DFD-2 to DFD-5, JP-1, JP-15, JP-16). */
final class SchemaParser {

    private static final Set<String> OPTIONS =
            Set.of("DEFAULT", "MATERIALIZED", "ALIAS", "EPHEMERAL", "CODEC", "TTL", "COMMENT");

    private final SchemaCursor cursor;
    private final Problems problems;

    private SchemaParser(RawDirective directive, Problems problems) {
        this.cursor = new SchemaCursor(directive, problems);
        this.problems = problems;
    }

    static List<Column> parse(RawDirective directive, Problems problems) {
        var columns = new SchemaParser(directive, problems).columns();
        if (columns.isEmpty() && !problems.hasErrors()) {
            problems.error(directive.at(), "expected at least one column, such as `timestamp` DateTime");
        }
        var lines = new HashMap<String, Integer>();
        for (var column : columns) {
            var earlier = lines.putIfAbsent(column.name(), column.at().line());
            if (earlier != null) {
                problems.error(
                        column.at(),
                        "column " + Quoted.shortened(column.name()) + " is defined twice; the first stands on line "
                                + earlier);
            }
        }
        return columns;
    }

    private List<Column> columns() {
        var columns = new ArrayList<Column>();
        cursor.skipSpace();
        while (!cursor.atEnd()) {
            if (!cursor.take(',')) {
                var column = column();
                if (column != null) {
                    columns.add(column);
                }
            }
            cursor.skipSpace();
        }
        return columns;
    }

    private @Nullable Column column() {
        var at = cursor.position();
        var name = name();
        if (name == null) {
            cursor.skipLine();
            return null;
        }
        cursor.skipSpace();
        var type = type(name);
        if (type == null) {
            cursor.skipLine();
            return null;
        }
        var draft = new Draft();
        while (option(draft, name)) {
            // Each call reads one option.
        }
        return new Column(name, type, draft.jsonPath, draft.expression, draft.codec, draft.ttl, draft.comment, at);
    }

    private @Nullable String name() {
        var c = cursor.peek();
        if (c == '`' || c == '"' || c == '\'') {
            var at = cursor.position();
            var name = cursor.quoted();
            if (name != null && (name.isBlank() || name.startsWith("json:") || name.indexOf('`') >= 0)) {
                problems.error(at, "expected a column name before " + Quoted.shortened(name));
                return null;
            }
            return name;
        }
        var at = cursor.position();
        var name = new StringBuilder(cursor.word());
        while (!name.isEmpty() && cursor.peek() == '.') {
            cursor.take('.');
            name.append('.').append(cursor.word());
        }
        if (name.isEmpty() || Character.isDigit(name.charAt(0)) || name.charAt(name.length() - 1) == '.') {
            problems.error(at, "expected a column: `name` Type, optionally `json:$.path`, DEFAULT …, CODEC(…)");
            return null;
        }
        return name.toString();
    }

    private @Nullable String type(String name) {
        var at = cursor.position();
        if (cursor.peekWord().isEmpty() || OPTIONS.contains(cursor.peekWord())) {
            problems.error(at, "expected the type of column " + Quoted.shortened(name));
            return null;
        }
        var head = cursor.word();
        cursor.skipSpace();
        if (cursor.peek() != '(') {
            return head;
        }
        var arguments = cursor.expression(new AfterBrackets());
        return arguments == null ? null : head + arguments;
    }

    /** Reads one option; false when the column is complete. */
    private boolean option(Draft draft, String column) {
        cursor.skipSpace();
        var at = cursor.position();
        if (cursor.atEnd() || cursor.peek() == ',') {
            return false;
        }
        if (cursor.atJsonPath()) {
            return jsonPath(draft, at);
        }
        var word = cursor.peekWord();
        if (!OPTIONS.contains(word)) {
            return otherThanOption(column, word, at);
        }
        cursor.word();
        return switch (word) {
            case "CODEC" -> codec(draft, at);
            case "TTL" -> ttl(draft, at);
            case "COMMENT" -> comment(draft, at);
            default -> expression(draft, ExpressionKind.valueOf(word), at);
        };
    }

    private boolean otherThanOption(String column, String word, Position at) {
        if (word.equals("NULL") || word.equals("NOT")) {
            problems.error(at, "NULL and NOT NULL are not supported here: write the type as Nullable(…) or without it");
        } else if (cursor.crossedLine()) {
            // A line end separates columns as well as a comma does.
            return false;
        } else {
            problems.error(
                    at,
                    "expected a comma, `json:$.path`, DEFAULT, CODEC(…), TTL or COMMENT in column "
                            + Quoted.shortened(column));
        }
        cursor.skipLine();
        return false;
    }

    private boolean jsonPath(Draft draft, Position at) {
        var content = cursor.quoted();
        if (content == null) {
            cursor.skipLine();
            return false;
        }
        var written = JsonPathOption.of(content);
        problemIf(draft.jsonPath != null, at, "this column has a JSON path already");
        draft.jsonPath = written.path();
        var problem = written.problem();
        problemIf(problem != null, at, problem == null ? "" : problem);
        if (written.defaultStart() < 0) {
            return true;
        }
        var inside = cursor.withinQuoted(written.defaultStart());
        var sql = inside.expression(new ExpressionEnd());
        problemIf(
                sql != null && (sql.isEmpty() || !inside.atEnd()),
                at,
                "expected one expression behind DEFAULT; options belong behind the backticks");
        if (sql != null) {
            set(draft, new Expression(ExpressionKind.DEFAULT, sql), at);
        }
        return true;
    }

    private boolean expression(Draft draft, ExpressionKind kind, Position at) {
        var sql = cursor.expression(new ExpressionEnd());
        if (sql == null) {
            return false;
        }
        problemIf(
                sql.isEmpty() && kind != ExpressionKind.EPHEMERAL, at, "expected an expression behind " + kind.name());
        set(draft, new Expression(kind, sql), at);
        return true;
    }

    private void set(Draft draft, Expression expression, Position at) {
        problemIf(draft.expression != null, at, "this column has a DEFAULT, MATERIALIZED, ALIAS or EPHEMERAL already");
        draft.expression = expression;
    }

    private boolean codec(Draft draft, Position at) {
        cursor.skipSpace();
        problemIf(cursor.peek() != '(', at, "expected ( behind CODEC");
        problemIf(draft.codec != null, at, "this column has a CODEC already");
        var arguments = cursor.peek() == '(' ? cursor.expression(new AfterBrackets()) : null;
        if (arguments == null) {
            cursor.skipLine();
            return false;
        }
        draft.codec = arguments.substring(1, arguments.length() - 1).strip();
        problemIf(draft.codec.isEmpty(), at, "expected a codec between the brackets");
        return true;
    }

    private boolean ttl(Draft draft, Position at) {
        problemIf(draft.ttl != null, at, "this column has a TTL already");
        draft.ttl = cursor.expression(new ExpressionEnd());
        problemIf("".equals(draft.ttl), at, "expected an expression behind TTL");
        return draft.ttl != null;
    }

    private boolean comment(Draft draft, Position at) {
        cursor.skipSpace();
        problemIf(cursor.peek() != '\'', at, "expected a string in single quotes behind COMMENT");
        problemIf(draft.comment != null, at, "this column has a COMMENT already");
        var literal = cursor.peek() == '\'' ? cursor.quoted() : null;
        if (literal == null) {
            cursor.skipLine();
            return false;
        }
        draft.comment = StringLiteral.decode(literal);
        return true;
    }

    private void problemIf(boolean wrong, Position at, String message) {
        if (wrong) {
            problems.error(at, message);
        }
    }

    private static final class Draft {
        @Nullable
        String jsonPath;

        @Nullable
        Expression expression;

        @Nullable
        String codec;

        @Nullable
        String ttl;

        @Nullable
        String comment;
    }
}
