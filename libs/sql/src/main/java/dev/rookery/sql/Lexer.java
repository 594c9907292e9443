package dev.rookery.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Splits a statement as ClickHouse's lexer does. Whatever the two could read differently is refused here or noted as an
 * edit that leaves only one reading.
 */
final class Lexer {

    /** Longest statement in UTF-16 units. */
    static final int MAX_LENGTH = 1 << 20;

    private final String sql;
    private final int length;
    private final List<Token> tokens = new ArrayList<>();
    private int[] seams = new int[64];
    private int seamCount;
    private final List<Edit> edits = new ArrayList<>();
    private int lastEnd;
    private int pos;

    private Lexer(String sql) {
        this.sql = sql;
        this.length = sql.length();
    }

    static LexedSql lex(String sql) {
        return lex(sql, MAX_LENGTH);
    }

    static LexedSql lex(String sql, int longest) {
        if (sql.length() > longest) {
            throw new SqlException("The statement is longer than " + longest + " characters", 0, 0);
        }
        var lexer = new Lexer(sql);
        lexer.refuseUnreadable();
        while (lexer.pos < lexer.length) {
            lexer.next();
        }
        lexer.add(TokenType.END, lexer.length);
        var tokens = lexer.tokens.toArray(Token[]::new);
        return new LexedSql(
                sql,
                tokens,
                Brackets.match(sql, tokens),
                Arrays.copyOf(lexer.seams, lexer.seamCount),
                List.copyOf(lexer.edits));
    }

    private void refuseUnreadable() {
        for (int i = 0; i < length; i++) {
            char c = sql.charAt(i);
            if (c == 0) {
                throw SqlException.at(sql, i, "A NUL character is not allowed");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(sql.charAt(i + 1))) {
                    throw SqlException.at(sql, i, "The text is not valid Unicode");
                }
                i++;
            }
        }
    }

    private void next() {
        char c = sql.charAt(pos);
        switch (c) {
            case ' ', '\t', '\n', '\r', '\f', 0x0B -> pos++;
            case '\'' -> quoted(TokenType.STRING, c);
            case '"', '`' -> quoted(TokenType.QUOTED, c);
            case '(' -> add(TokenType.OPEN_ROUND, pos + 1);
            case ')' -> add(TokenType.CLOSE_ROUND, pos + 1);
            case '[' -> add(TokenType.OPEN_SQUARE, pos + 1);
            case ']' -> add(TokenType.CLOSE_SQUARE, pos + 1);
            case '{' -> add(TokenType.OPEN_CURLY, pos + 1);
            case '}' -> add(TokenType.CLOSE_CURLY, pos + 1);
            case ',' -> add(TokenType.COMMA, pos + 1);
            case ';' -> add(TokenType.SEMICOLON, pos + 1);
            case '.' -> dot();
            case '+' -> add(TokenType.PLUS, pos + 1);
            case '*' -> add(TokenType.ASTERISK, pos + 1);
            case '%' -> add(TokenType.PERCENT, pos + 1);
            case '?' -> add(TokenType.QUESTION, pos + 1);
            case '^' -> add(TokenType.CARET, pos + 1);
            case ':' -> add(at(1) == ':' ? TokenType.DOUBLE_COLON : TokenType.COLON, at(1) == ':' ? pos + 2 : pos + 1);
            case '-' -> minus();
            case '/' -> slash();
            case '#' -> hash();
            case '=', '<', '>', '!' -> comparison(c);
            case '|' -> pair('|', TokenType.CONCATENATION);
            case '@' -> pair('@', TokenType.DOUBLE_AT);
            case '$' -> heredoc();
            case '\u2018' -> curly(TokenType.STRING, '\u2019');
            case '\u201C' -> curly(TokenType.QUOTED, '\u201D');
            case '\u2212' -> {
                edits.add(new Edit(pos, pos + 1, "-"));
                add(TokenType.MINUS, pos + 1);
            }
            default -> other(c);
        }
    }

    private void other(char c) {
        if ((c == 'x' || c == 'X' || c == 'b' || c == 'B') && at(1) == '\'' && pos + 2 < length) {
            hexOrBinary(c == 'x' || c == 'X');
        } else if (isDigit(c)) {
            number();
        } else if (isWord(c)) {
            int end = pos + 1;
            while (end < length && (isWord(sql.charAt(end)) || sql.charAt(end) == '$')) {
                end++;
            }
            word(end);
        } else if (isUnicodeSpace(c)) {
            edits.add(new Edit(pos, pos + 1, " "));
            pos++;
        } else {
            throw fail("Unexpected character");
        }
    }

    private char at(int ahead) {
        return pos + ahead < length ? sql.charAt(pos + ahead) : 0;
    }

    private void add(TokenType type, int end) {
        push(new Token(type, pos, end, "", "", false));
        pos = end;
    }

    private void push(Token token) {
        int gap = token.start() - lastEnd;
        if (gap > 1
                || token.is(TokenType.NUMBER)
                || token.is(TokenType.STRING)
                || (gap == 1 && sql.charAt(lastEnd) != ' ')) {
            if (seamCount == seams.length) {
                seams = Arrays.copyOf(seams, 2 * seamCount);
            }
            seams[seamCount++] = tokens.size();
        }
        lastEnd = token.end();
        tokens.add(token);
    }

    private void word(int end) {
        push(new Token(TokenType.WORD, pos, end, sql.substring(pos, end), Words.known(sql, pos, end), false));
        pos = end;
    }

    private void pair(char second, TokenType type) {
        if (at(1) != second) {
            throw fail("Unexpected character");
        }
        add(type, pos + 2);
    }

    private void comparison(char c) {
        char second = at(1);
        if (c == '<' && second == '=' && at(2) == '>') {
            add(TokenType.COMPARISON, pos + 3);
        } else if (second == '=' || (c == '<' && second == '>')) {
            add(TokenType.COMPARISON, pos + 2);
        } else if (c == '!') {
            throw fail("Unexpected character");
        } else {
            add(TokenType.COMPARISON, pos + 1);
        }
    }

    private void minus() {
        if (at(1) == '>') {
            add(TokenType.ARROW, pos + 2);
        } else if (at(1) == '-') {
            lineComment();
        } else {
            add(TokenType.MINUS, pos + 1);
        }
    }

    private void slash() {
        if (at(1) == '/') {
            lineComment();
        } else if (at(1) == '*') {
            blockComment();
        } else {
            add(TokenType.SLASH, pos + 1);
        }
    }

    private void hash() {
        if (at(1) != ' ' && at(1) != '!') {
            throw fail("A comment that starts with # needs a space after it");
        }
        lineComment();
    }

    private void lineComment() {
        int newline = sql.indexOf('\n', pos);
        pos = newline < 0 ? length : newline;
    }

    private void blockComment() {
        int level = 1;
        int i = pos + 2;
        while (i + 1 < length) {
            if (sql.charAt(i) == '/' && sql.charAt(i + 1) == '*') {
                level++;
                i += 2;
            } else if (sql.charAt(i) == '*' && sql.charAt(i + 1) == '/') {
                level--;
                i += 2;
                if (level == 0) {
                    pos = i;
                    return;
                }
            } else {
                i++;
            }
        }
        throw fail("The comment is not closed");
    }

    private void quoted(TokenType type, char quote) {
        int start = pos + 1;
        boolean plain = true;
        boolean doubled = false;
        int i = start;
        while (true) {
            if (i >= length) {
                throw fail("The quote is not closed");
            }
            char c = sql.charAt(i);
            if (c == quote) {
                if (i + 1 >= length || sql.charAt(i + 1) != quote) {
                    break;
                }
                doubled = true;
                i += 2;
            } else if (c == '\\') {
                plain = false;
                i += 2;
            } else {
                plain &= Quoting.isPlain(c);
                i++;
            }
        }
        if (plain && !doubled) {
            value(type, i + 1, sql.substring(start, i), false);
            return;
        }
        byte[] bytes = Quoting.unescape(sql, start, i, quote);
        decoded(type, i + 1, bytes, plain);
    }

    private void curly(TokenType type, char close) {
        int end = sql.indexOf(close, pos + 1);
        if (end < 0) {
            throw fail("The quote is not closed");
        }
        decoded(type, end + 1, sql.substring(pos + 1, end).getBytes(StandardCharsets.UTF_8), false);
    }

    private void heredoc() {
        int tagEnd = pos + 1;
        while (tagEnd < length && isWord(sql.charAt(tagEnd))) {
            tagEnd++;
        }
        if (tagEnd >= length || sql.charAt(tagEnd) != '$') {
            throw fail("Unexpected $");
        }
        String tag = sql.substring(pos, tagEnd + 1);
        int close = sql.indexOf(tag, tagEnd + 1);
        if (close < 0) {
            throw fail("The text that starts with " + tag + " is not closed");
        }
        byte[] bytes = sql.substring(tagEnd + 1, close).getBytes(StandardCharsets.UTF_8);
        decoded(TokenType.STRING, close + tag.length(), bytes, false);
    }

    private void hexOrBinary(boolean hex) {
        int end = pos + 2;
        while (end < length
                && (hex ? HexFormat.isHexDigit(sql.charAt(end)) : sql.charAt(end) == '0' || sql.charAt(end) == '1')) {
            end++;
        }
        if (end >= length || sql.charAt(end) != '\'') {
            throw fail("The quote is not closed");
        }
        value(TokenType.STRING, end + 1, "", true);
    }

    private void decoded(TokenType type, int end, byte[] bytes, boolean keep) {
        String text = Quoting.text(bytes);
        if (!keep) {
            edits.add(new Edit(pos, end, Quoting.quote(bytes, type == TokenType.STRING ? '\'' : '`')));
        }
        value(type, end, text == null ? "" : text, text == null);
    }

    private void value(TokenType type, int end, String value, boolean binary) {
        if (type == TokenType.QUOTED
                && (binary || value.isEmpty() || value.codePoints().anyMatch(Lexer::isControl))) {
            throw fail("An identifier must be text without control characters");
        }
        push(new Token(type, pos, end, value, "", binary));
        pos = end;
    }

    private void dot() {
        TokenType previous = tokens.isEmpty() ? TokenType.END : tokens.getLast().type();
        boolean access = switch (previous) {
            case CLOSE_ROUND, CLOSE_SQUARE, WORD, QUOTED, NUMBER -> true;
            default -> false;
        };
        if (!isDigit(at(1)) || (access && pos > 0)) {
            add(TokenType.DOT, pos + 1);
        } else {
            int end = Numbers.exponent(sql, Numbers.digits(sql, pos + 1, true, false), false);
            add(TokenType.NUMBER, end);
        }
    }

    private void number() {
        boolean afterDot = !tokens.isEmpty() && tokens.getLast().is(TokenType.DOT);
        int end = afterDot ? Numbers.digits(sql, pos + 1, false, false) : Numbers.end(sql, pos);
        if (end >= length || !isWord(sql.charAt(end))) {
            add(TokenType.NUMBER, end);
            return;
        }
        while (end < length && isWord(sql.charAt(end))) {
            end++;
        }
        for (int i = pos; i < end; i++) {
            if (!isWord(sql.charAt(i))) {
                throw fail("Malformed number");
            }
        }
        word(end);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
    }

    static boolean isControl(int c) {
        return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
    }

    private static boolean isUnicodeSpace(char c) {
        return switch (c) {
            case 0x85, 0xA0, 0x180E, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF -> true;
            default -> c >= 0x2000 && c <= 0x200D;
        };
    }

    private SqlException fail(String message) {
        return SqlException.at(sql, pos, message);
    }
}
