package dev.rookery.template;

/**
 * Where in ClickHouse's lexical structure the end of the written SQL is. Follows ClickHouse's lexer; where its versions
 * differ, it takes the reading under which a value is refused or left out.
 */
final class SqlPosition {

    enum Place {
        CODE,
        STRING,
        BACKTICK,
        DOUBLE_QUOTE,
        LINE_COMMENT,
        BLOCK_COMMENT,
        /** In a literal such as {@code x'41'}, which knows no escapes. */
        BINARY_STRING,
        /** Between typographic quotes, which only newer versions read as quotes. */
        CURLY_QUOTE,
        /** After a dollar sign that may begin a heredoc. */
        DOLLAR
    }

    private Place place = Place.CODE;
    /** The last character in {@link Place#CODE}, or a space after anything that cannot join with what follows. */
    private char last = ' ';
    /** The last character in {@link Place#CODE} that is not blank, and whether it ends a number. */
    private char lastSolid = ' ';

    private boolean afterNumber;
    /** The same before the last character, which may turn out to begin a comment. */
    private char solidBefore = ' ';

    private boolean afterNumberBefore;
    /** The first character of the word that {@link #last} belongs to. */
    private char wordStart = ' ';

    private int wordLength;
    /** Whether a backslash in a quoted text waits for its character. */
    private boolean escaped;

    private boolean backslashInCurly;
    private int commentNesting;
    private char closingCurly;
    private final StringBuilder dollar = new StringBuilder();

    Place place() {
        return place;
    }

    char last() {
        return last;
    }

    boolean afterBackslash() {
        return escaped;
    }

    boolean inNumber() {
        return isWord(last) && isDigit(wordStart);
    }

    /** Whether the code so far ends in something that a minus sign would be subtracted from. */
    boolean afterOperand() {
        return switch (lastSolid) {
            case '\'', '"', '`', ')', ']' -> true;
            default -> afterNumber;
        };
    }

    private void solid(char c) {
        if (c > ' ') {
            solidBefore = lastSolid;
            afterNumberBefore = afterNumber;
            lastSolid = c;
            afterNumber = isWord(c) && isDigit(wordStart);
        }
    }

    void set(SqlPosition other) {
        place = other.place;
        last = other.last;
        wordStart = other.wordStart;
        wordLength = other.wordLength;
        if (other.lastSolid != ' ') {
            solidBefore = other.solidBefore == ' ' ? lastSolid : other.solidBefore;
            afterNumberBefore = other.solidBefore == ' ' ? afterNumber : other.afterNumberBefore;
            lastSolid = other.lastSolid;
            afterNumber = other.afterNumber;
        }
        escaped = other.escaped;
        backslashInCurly = other.backslashInCurly;
        commentNesting = other.commentNesting;
        closingCurly = other.closingCurly;
        dollar.setLength(0);
        dollar.append(other.dollar);
    }

    /** Records that a complete value was written in {@link Place#CODE}; its text opens and closes all it opens. */
    void afterValue(char first, char end) {
        if (isWord(end) && !isWord(last)) {
            wordStart = first;
        }
        // Values bring digits and quotes; none of them makes the prefix of a binary literal.
        wordLength = 2;
        last = end;
        solid(end);
    }

    void advance(String text) {
        for (var i = 0; i < text.length(); i++) {
            advance(text.charAt(i));
        }
    }

    private void advance(char c) {
        switch (place) {
            case CODE -> code(c);
            case STRING -> quoted(c, '\'');
            case BACKTICK -> quoted(c, '`');
            case DOUBLE_QUOTE -> quoted(c, '"');
            case LINE_COMMENT -> {
                // ClickHouse ends the comment at a line feed only, not at a carriage return.
                if (c == '\n') {
                    code(Place.CODE, ' ');
                }
            }
            case BLOCK_COMMENT -> blockComment(c);
            case BINARY_STRING -> {
                if (c == '\'') {
                    code(Place.CODE, '\'');
                    solid('\'');
                }
            }
            case CURLY_QUOTE -> {
                backslashInCurly |= c == '\\';
                if (c == closingCurly && !backslashInCurly) {
                    code(Place.CODE, '\'');
                    solid('\'');
                }
            }
            case DOLLAR -> dollar(c);
        }
    }

    private void code(char c) {
        switch (c) {
            case '\'' -> code(isBinaryPrefix() ? Place.BINARY_STRING : Place.STRING, ' ');
            case '`' -> code(Place.BACKTICK, ' ');
            case '"' -> code(Place.DOUBLE_QUOTE, ' ');
            case '\u2018' -> curly('\u2019');
            case '\u201c' -> curly('\u201d');
            // Every '#' is taken for a comment: what follows one that is none does not parse.
            case '#' -> code(Place.LINE_COMMENT, ' ');
            case '$' -> {
                if ((isWord(last) && !isDigit(wordStart)) || last == '$') {
                    last = '$';
                    wordLength++;
                    solid('$');
                } else {
                    code(Place.DOLLAR, ' ');
                    dollar.setLength(0);
                    dollar.append('$');
                }
            }
            default -> {
                if ((c == '-' || c == '/') && last == c) {
                    comment(Place.LINE_COMMENT);
                } else if (c == '*' && last == '/') {
                    comment(Place.BLOCK_COMMENT);
                    commentNesting = 1;
                } else {
                    if (isWord(c) && !isWord(last) && last != '$') {
                        wordStart = c;
                        wordLength = 0;
                    }
                    wordLength++;
                    last = c;
                    solid(c);
                }
            }
        }
    }

    private void comment(Place kind) {
        lastSolid = solidBefore;
        afterNumber = afterNumberBefore;
        code(kind, ' ');
    }

    private boolean isBinaryPrefix() {
        return wordLength == 1 && (last == 'x' || last == 'X' || last == 'b' || last == 'B');
    }

    private void code(Place next, char nextLast) {
        place = next;
        last = nextLast;
        escaped = false;
    }

    private void curly(char closing) {
        code(Place.CURLY_QUOTE, ' ');
        closingCurly = closing;
        backslashInCurly = false;
    }

    private void quoted(char c, char quote) {
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == quote) {
            // A doubled quote closes and opens again, which comes to the same.
            code(Place.CODE, quote);
            solid(quote);
        }
    }

    private void blockComment(char c) {
        if (c == '/' && last == '*') {
            commentNesting--;
            last = ' ';
            if (commentNesting == 0) {
                code(Place.CODE, ' ');
            }
        } else if (c == '*' && last == '/') {
            commentNesting++;
            last = ' ';
        } else {
            last = c;
        }
    }

    /**
     * A heredoc is {@code $tag$ … $tag$}. Whether a dollar sign begins one depends on all the text behind it, so until
     * one is seen complete no value is let in; a tag that is not a word is never complete, as versions disagree on it.
     */
    private void dollar(char c) {
        dollar.append(c);
        var tagEnd = dollar.indexOf("$", 1);
        if (c != '$' || tagEnd == dollar.length() - 1) {
            return;
        }
        for (var i = 1; i < tagEnd; i++) {
            if (!isWord(dollar.charAt(i))) {
                return;
            }
        }
        var tag = dollar.substring(0, tagEnd + 1);
        if (dollar.length() >= 2 * tag.length() && dollar.lastIndexOf(tag) == dollar.length() - tag.length()) {
            code(Place.CODE, '\'');
            solid('\'');
            dollar.setLength(0);
        }
    }

    /** Whether ClickHouse would read the two characters, the first in code, as parts of one token. */
    static boolean mayJoin(char last, char next) {
        return switch (next) {
            case '-' -> last == '-';
            case '/', '*' -> last == '/';
            case '$' -> true;
            case '\'' -> last == 'x' || last == 'X' || last == 'b' || last == 'B';
            default -> isWord(next) && (isWord(last) || last == '$');
        };
    }

    static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
