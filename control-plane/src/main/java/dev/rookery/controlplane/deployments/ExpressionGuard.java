package dev.rookery.controlplane.deployments;

import dev.rookery.sql.SqlAnalyzer;
import dev.rookery.sql.SqlException;
import dev.rookery.sql.SqlPolicy;
import dev.rookery.sql.SqlStatement;
import dev.rookery.sql.StatementKind;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the expressions of a datafile before they become part of a statement that runs with administrator's rights: each
 * must be one expression over the table's own columns, and must not reach a table, a file or the network, nor end the
 * place it stands in.
 */
final class ExpressionGuard {
    private static final SqlPolicy POLICY = new SqlPolicy(Set.of(), Set.of(), Set.of(), SqlPolicy.UNSAFE_FUNCTIONS);
    private static final Pattern CODEC = Pattern.compile(
            "[A-Za-z0-9_]+(\\([A-Za-z0-9_, ]*\\))?" + "( *, *[A-Za-z0-9_]+(\\([A-Za-z0-9_, ]*\\))?){0,9}");
    private static final Pattern INDEX_TYPE =
            Pattern.compile("[A-Za-z0-9_]+(\\(([A-Za-z0-9_., =]|'[A-Za-z0-9_., ]*')*\\))?");
    private static final Pattern TTL_DELETE = Pattern.compile("(?is)^(.*?)\\s+delete\\s*$");
    private static final Pattern TTL_WHERE = Pattern.compile("(?is)^(.*?)\\s+(?:delete\\s+)?where\\s+(.*)$");
    private static final Pattern JOIN_WORD = Pattern.compile("[A-Za-z]{1,20}");

    private ExpressionGuard() {}

    /**
     * One expression, or a list of them separated by commas.
     *
     * @return the text as given, with a newline behind it where a comment at its end would swallow what follows
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static String expressions(String text) {
        SqlStatement statement;
        try {
            // Brackets of our own: a text that closes them early is no expression, and is refused as such.
            statement = SqlAnalyzer.analyze("SELECT (" + text + "\n)");
            POLICY.check(statement);
        } catch (SqlException e) {
            throw new IllegalArgumentException("'%s' is no expression: %s".formatted(text, e.getMessage()), e);
        }
        if (statement.kind() != StatementKind.SELECT
                || !statement.references().isEmpty()
                || !statement.settings().isEmpty()
                || statement.format() != null
                || !statement.parameters().isEmpty()) {
            throw new IllegalArgumentException(
                    "'%s' must be an expression over the columns, without tables or subqueries".formatted(text));
        }
        return text.contains("--") || text.contains("#") || text.contains("//") ? text + "\n" : text;
    }

    /** A TTL: an expression, optionally followed by DELETE and a WHERE. */
    static String ttl(String text) {
        var where = TTL_WHERE.matcher(text);
        if (where.matches()) {
            return expressions(where.group(1)) + " DELETE WHERE " + expressions(where.group(2));
        }
        var delete = TTL_DELETE.matcher(text);
        return expressions(delete.matches() ? delete.group(1) : text);
    }

    static String codec(String text) {
        return require(CODEC, text, "codec");
    }

    static String indexType(String text) {
        return require(INDEX_TYPE, text, "index type");
    }

    static String joinWord(String text) {
        return require(JOIN_WORD, text, "join strictness or type");
    }

    private static String require(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is no %s".formatted(text, what));
        }
        return text;
    }
}
