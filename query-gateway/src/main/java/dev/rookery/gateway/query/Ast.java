package dev.rookery.gateway.query;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines of {@code EXPLAIN AST}. */
final class Ast {
    private static final Pattern TABLE = Pattern.compile("^ *TableIdentifier (\\S+)(?: \\(alias .*\\))?$");
    private static final Pattern EXPRESSION = Pattern.compile("^( *)TableExpression\\b.*$");
    private static final Pattern FUNCTION = Pattern.compile("^( *)Function (\\S+)(?: \\(.*\\))?$");

    private Ast() {}

    /**
     * The qualified tables, and the table functions as {@code name()}. A name without a database is a common table
     * expression, or a table of the session's database, which has none.
     */
    static Set<String> objects(List<String> lines) {
        Set<String> objects = new HashSet<>();
        int expression = -1;
        for (String line : lines) {
            Matcher table = TABLE.matcher(line);
            if (table.matches() && table.group(1).indexOf('.') >= 0) {
                objects.add(table.group(1));
            }
            Matcher function = FUNCTION.matcher(line);
            if (function.matches() && function.group(1).length() == expression + 1) {
                objects.add(function.group(2) + "()");
            }
            Matcher start = EXPRESSION.matcher(line);
            if (start.matches()) {
                expression = start.group(1).length();
            } else if (indent(line) <= expression) {
                expression = -1;
            }
        }
        return objects;
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }
}
