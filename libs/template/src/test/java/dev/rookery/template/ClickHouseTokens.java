package dev.rookery.template;

import java.util.ArrayList;
import java.util.List;

/**
 * ClickHouse's lexer, written for the tests from its rules and apart from {@link SqlPosition}, so that one checks the
 * other. Comments and blanks are dropped.
 */
final class ClickHouseTokens {

    enum Kind {
        WORD,
        NUMBER,
        STRING,
        QUOTED_IDENTIFIER,
        HEREDOC,
        OPERATOR,
        ERROR
    }

    record Token(Kind kind, String text) {}

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private ClickHouseTokens(String sql) {
        this.sql = sql;
    }

    static List<Token> of(String sql) {
        var lexer = new ClickHouseTokens(sql);
        while (lexer.at < sql.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    /**
     * The statement's structure: every literal is {@code ?}, a signed number too where the sign is not a subtraction;
     * every list of literals is {@code [?]}; every quoted identifier is {@code `?`}.
     */
    static List<String> structure(String sql) {
        var structure = new ArrayList<String>();
        for (var token : of(sql)) {
            structure.add(
                    switch (token.kind()) {
                        case NUMBER, STRING -> "?";
                        case QUOTED_IDENTIFIER -> "`?`";
                        case HEREDOC -> "$?$";
                        case ERROR -> "ERROR";
                        case WORD -> token.text().matches(".*[0-9].*") ? "word" : token.text();
                        case OPERATOR -> token.text();
                    });
            foldSign(structure);
            foldList(structure);
        }
        return structure;
    }

    private static void foldSign(List<String> structure) {
        while (structure.size() >= 2
                && structure.getLast().equals("?")
                && structure.get(structure.size() - 2).equals("-")
                && (structure.size() == 2 || takesSign(structure.get(structure.size() - 3)))) {
            structure.remove(structure.size() - 2);
        }
    }

    /** Whether a minus behind this is a sign, as behind operators and the keywords that the tests use. */
    private static boolean takesSign(String before) {
        return !List.of("?", "`?`", "[?]", "$?$", ")", "]", "word").contains(before)
                && (!word(before.charAt(0))
                        || List.of("SELECT", "WHERE", "AND", "OR", "IN", "LIMIT", "OFFSET")
                                .contains(before));
    }

    private static void foldList(List<String> structure) {
        if (!structure.getLast().equals("]")) {
            return;
        }
        var open = structure.lastIndexOf("[");
        if (open < 0) {
            return;
        }
        var inside = structure.subList(open + 1, structure.size() - 1);
        for (var i = 0; i < inside.size(); i++) {
            if (!inside.get(i).equals(i % 2 == 0 ? "?" : ",")) {
                return;
            }
        }
        structure.subList(open, structure.size()).clear();
        structure.add("[?]");
    }

    private void next() {
        var start = at;
        var c = sql.charAt(at);
        if (Character.isWhitespace(c) || c == '\u00a0') {
            at++;
        } else if (sql.startsWith("--", at) || sql.startsWith("//", at)) {
            line();
        } else if (sql.startsWith("# ", at) || sql.startsWith("#!", at)) {
            line();
        } else if (sql.startsWith("/*", at)) {
            comment();
        } else if (c == '\'') {
            quoted('\'', Kind.STRING);
        } else if (c == '"' || c == '`') {
            quoted(c, Kind.QUOTED_IDENTIFIER);
        } else if (c == '\u2018' || c == '\u201c') {
            curly(c == '\u2018' ? '\u2019' : '\u201d', c == '\u2018' ? Kind.STRING : Kind.QUOTED_IDENTIFIER);
        } else if (digit(c) || (c == '.' && at + 1 < sql.length() && digit(sql.charAt(at + 1)) && !afterOperand())) {
            number();
        } else if (c == '$' && heredoc()) {
            tokens.add(new Token(Kind.HEREDOC, sql.substring(start, at)));
        } else if ("xXbB".indexOf(c) >= 0 && sql.startsWith("'", at + 1)) {
            binary();
        } else if (word(c) || c == '$') {
            while (at < sql.length() && (word(sql.charAt(at)) || sql.charAt(at) == '$')) {
                at++;
            }
            tokens.add(new Token(Kind.WORD, sql.substring(start, at)));
        } else if (c < 128) {
            at++;
            while (at < sql.length()
                    && List.of("->", "==", "!=", "<=", ">=", "<>", "::", "||").contains(sql.substring(start, at + 1))) {
                at++;
            }
            tokens.add(new Token(Kind.OPERATOR, sql.substring(start, at)));
        } else {
            at++;
            tokens.add(new Token(Kind.ERROR, sql.substring(start, at)));
        }
    }

    private boolean afterOperand() {
        return !tokens.isEmpty()
                && switch (tokens.getLast().kind()) {
                    case WORD, NUMBER, QUOTED_IDENTIFIER -> true;
                    case OPERATOR -> ")]".contains(tokens.getLast().text());
                    default -> false;
                };
    }

    private void line() {
        var end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end;
    }

    private void comment() {
        var level = 0;
        while (at < sql.length()) {
            if (sql.startsWith("/*", at)) {
                level++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                level--;
                at += 2;
                if (level == 0) {
                    return;
                }
            } else {
                at++;
            }
        }
        tokens.add(new Token(Kind.ERROR, "/*"));
    }

    private void quoted(char quote, Kind kind) {
        var start = at++;
        while (at < sql.length()) {
            var c = sql.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == quote) {
                if (at < sql.length() && sql.charAt(at) == quote) {
                    at++;
                } else {
                    tokens.add(new Token(kind, sql.substring(start, at)));
                    return;
                }
            }
        }
        at = sql.length();
        tokens.add(new Token(Kind.ERROR, sql.substring(start)));
    }

    private void curly(char close, Kind kind) {
        var start = at;
        var end = sql.indexOf(close, at);
        at = end < 0 ? sql.length() : end + 1;
        tokens.add(new Token(end < 0 ? Kind.ERROR : kind, sql.substring(start, at)));
    }

    private void binary() {
        var start = at;
        at += 2;
        while (at < sql.length() && Character.digit(sql.charAt(at), 16) >= 0) {
            at++;
        }
        var closed = at < sql.length() && sql.charAt(at) == '\'';
        at = closed ? at + 1 : sql.length();
        tokens.add(new Token(closed ? Kind.STRING : Kind.ERROR, sql.substring(start, at)));
    }

    private boolean heredoc() {
        var tagEnd = sql.indexOf('$', at + 1);
        if (tagEnd < 0) {
            return false;
        }
        var tag = sql.substring(at, tagEnd + 1);
        var end = sql.indexOf(tag, tagEnd + 1);
        if (end < 0) {
            return false;
        }
        at = end + tag.length();
        return true;
    }

    private void number() {
        var start = at;
        var hexadecimal = sql.regionMatches(true, at, "0x", 0, 2)
                && at + 2 < sql.length()
                && Character.digit(sql.charAt(at + 2), 16) >= 0;
        if (hexadecimal) {
            at += 2;
        }
        digits(hexadecimal);
        if (at < sql.length() && sql.charAt(at) == '.') {
            at++;
            digits(hexadecimal);
        }
        if (at + 1 < sql.length() && !hexadecimal && (sql.charAt(at) | 0x20) == 'e') {
            at++;
            if (at + 1 < sql.length() && (sql.charAt(at) == '-' || sql.charAt(at) == '+')) {
                at++;
            }
            digits(false);
        }
        var kind = Kind.NUMBER;
        while (at < sql.length() && word(sql.charAt(at))) {
            kind = Kind.WORD;
            at++;
        }
        tokens.add(new Token(kind, sql.substring(start, at)));
    }

    private void digits(boolean hexadecimal) {
        while (at < sql.length() && (hexadecimal ? Character.digit(sql.charAt(at), 16) >= 0 : digit(sql.charAt(at)))) {
            at++;
        }
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean word(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c) || c == '_';
    }
}
