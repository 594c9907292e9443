package dev.rookery.clickhouse.defaults;

import java.util.ArrayList;
import java.util.List;

/**
 * The function calls of an expression, found without understanding it: a name and a bracket outside of texts, quoted names
 * and comments.
 */
final class FunctionCalls {
    /**
     * One call.
     *
     * @param start of the name
     * @param end behind the closing bracket
     * @param arguments as they are written, stripped
     */
    record Call(int start, int end, String name, String arguments) {}

    private final String text;
    private final List<Call> calls = new ArrayList<>();

    private FunctionCalls(String text) {
        this.text = text;
    }

    /** All calls, each before those in its arguments. Calls whose bracket is never closed are left out. */
    static List<Call> of(String text) {
        FunctionCalls scan = new FunctionCalls(text);
        scan.run();
        return scan.calls;
    }

    private void run() {
        int at = 0;
        while (at < text.length()) {
            if (isNameStart(text.charAt(at))) {
                int end = nameEnd(at);
                int bracket = skipSpace(end);
                if (bracket < text.length() && text.charAt(bracket) == '(') {
                    add(at, end, bracket);
                }
                at = end;
            } else {
                at = next(at);
            }
        }
    }

    private void add(int start, int nameEnd, int bracket) {
        int depth = 0;
        for (int at = bracket; at < text.length(); at = next(at)) {
            char c = text.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                calls.add(new Call(
                        start,
                        at + 1,
                        text.substring(start, nameEnd),
                        text.substring(bracket + 1, at).strip()));
                return;
            }
        }
    }

    /** Behind the character, or behind what it begins: a text, a quoted name, a comment, a number. */
    private int next(int at) {
        char c = text.charAt(at);
        if (c == '\'' || c == '"' || c == '`') {
            return quotedEnd(at, c);
        }
        if (c == '#' || text.startsWith("--", at) || text.startsWith("//", at)) {
            int line = text.indexOf('\n', at);
            return line < 0 ? text.length() : line + 1;
        }
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            return end < 0 ? text.length() : end + 2;
        }
        // 1e5 is a number, not a name behind one.
        return Character.isDigit(c) ? nameEnd(at) : at + 1;
    }

    private int quotedEnd(int at, char quote) {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == quote) {
                return i + 1;
            }
        }
        return text.length();
    }

    private int nameEnd(int at) {
        int end = at;
        while (end < text.length() && (isNameStart(text.charAt(end)) || Character.isDigit(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private int skipSpace(int at) {
        int end = at;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isNameStart(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
