package dev.rookery.datafile;

/** ClickHouse string literals, without the quotes around them. */
final class StringLiteral {

    private StringLiteral() {}

    static String decode(String literal) {
        var result = new StringBuilder(literal.length());
        for (var i = 0; i < literal.length(); i++) {
            var c = literal.charAt(i);
            if (c == '\\' && i + 1 < literal.length()) {
                i++;
                result.append(escaped(literal.charAt(i)));
            } else {
                result.append(c);
                if (c == '\'') {
                    i++;
                }
            }
        }
        return result.toString();
    }

    static String encode(String text) {
        return text.replace("\\", "\\\\")
                .replace("'", "\\'")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }
}
