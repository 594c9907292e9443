package dev.rookery.sql;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Reads the indented lines of EXPLAIN AST. Names in them hold no line breaks, since such names are refused. */
final class AstReader {

    private final List<String> lines;

    AstReader(String explainAst) {
        this.lines = explainAst.lines().toList();
    }

    /** Reports each table, table function, right side of IN and object argument, prefixed with which of them it is. */
    void names(Consumer<String> found) {
        for (int i = 0; i < lines.size(); i++) {
            String node = node(i);
            if (node.startsWith("TableIdentifier ")) {
                found.accept("table " + name(node));
            } else if (node.startsWith("Function ")) {
                function(i, name(node), found);
            }
        }
    }

    private void function(int line, String name, Consumer<String> found) {
        if (line > 0 && node(line - 1).startsWith("TableExpression") && depth(line - 1) == depth(line) - 1) {
            found.accept("function " + name);
            return;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (ObjectFunctions.isMembership(lower)) {
            argument(line, 1, "in ", false, found);
        } else if (ObjectFunctions.namesObject(lower)) {
            argument(line, 0, "argument ", true, found);
        }
    }

    /** Reports the argument with this index, if it is a name, or a string where those count. */
    private void argument(int line, int index, String prefix, boolean strings, Consumer<String> found) {
        int wanted = depth(line) + 2;
        int seen = -1;
        for (int i = line + 2; i < lines.size() && depth(i) >= wanted; i++) {
            if (depth(i) == wanted && ++seen == index) {
                String node = node(i);
                if (node.startsWith("Identifier ")) {
                    String name = name(node);
                    if (strings || name.chars().filter(c -> c == '.').count() <= 1) {
                        found.accept(prefix + name);
                    }
                } else if (strings && node.startsWith("Literal '")) {
                    found.accept(prefix + node.substring("Literal '".length(), node.lastIndexOf('\'')));
                }
                return;
            }
        }
    }

    private int depth(int line) {
        String text = lines.get(line);
        int depth = 0;
        while (depth < text.length() && text.charAt(depth) == ' ') {
            depth++;
        }
        return depth;
    }

    private String node(int line) {
        return lines.get(line).strip();
    }

    /** The name in {@code Kind name (alias a) (children 1)}. */
    private static String name(String node) {
        String name = node.substring(node.indexOf(' ') + 1);
        if (name.endsWith(")")) {
            int children = name.lastIndexOf(" (children ");
            name = children < 0 ? name : name.substring(0, children);
        }
        int alias = name.endsWith(")") ? name.lastIndexOf(" (alias ") : -1;
        return alias < 0 ? name : name.substring(0, alias);
    }
}
