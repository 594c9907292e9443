package dev.rookery.clickhouse.types;

/** Characters of a type's text: words, quoted names, string literals, numbers and raw arguments. */
final class TypeScanner {

    private final String text;
    private int at;

    TypeScanner(String text) {
        this.text = text;
    }

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    ColumnTypeException error(String message) {
        return new ColumnTypeException(message, text, at);
    }

    boolean atEnd() {
        skipSpace();
        return at == text.length();
    }

    boolean peek(char c) {
        skipSpace();
        return at < text.length() && text.charAt(at) == c;
    }

    boolean accept(char c) {
        if (!peek(c)) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char c) {
        if (!accept(c)) {
            throw error("Expected '" + c + "'");
        }
    }

    /** Letters, digits and underscores; empty if there are none here. */
    String word() {
        skipSpace();
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** A plain, back-ticked or double-quoted name. */
    String identifier() {
        skipSpace();
        if (peek('`') || peek('"')) {
            return quoted(text.charAt(at));
        }
        var word = word();
        if (word.isEmpty()) {
            throw error("Expected a name");
        }
        return word;
    }

    String literal() {
        if (!peek('\'')) {
            throw error("Expected a quoted text");
        }
        return quoted('\'');
    }

    int number() {
        skipSpace();
        int start = at;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        try {
            return Integer.parseInt(text.substring(start, at));
        } catch (NumberFormatException e) {
            at = start;
            var failure = error("Expected a whole number");
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** Text up to a comma or closing bracket at this level, trimmed; brackets and quotes inside are honoured. */
    String rawArgument() {
        skipSpace();
        int start = at;
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'' || c == '`' || c == '"') {
                quoted(c);
                continue;
            }
            if (depth == 0 && (c == ',' || c == ')')) {
                break;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            at++;
        }
        return text.substring(start, at).strip();
    }

    private String quoted(char quote) {
        int start = at++;
        var value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                value.append(unescaped(text.charAt(at++)));
            } else if (c != quote) {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                value.append(quote);
                at++;
            } else {
                return value.toString();
            }
        }
        at = start;
        throw error("Quote is not closed");
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '0' -> '\0';
            default -> c;
        };
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isWord(char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }
}
