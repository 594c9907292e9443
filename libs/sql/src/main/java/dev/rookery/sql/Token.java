package dev.rookery.sql;

/**
 * A significant token.
 *
 * @param start offset of its first character
 * @param end offset behind its last character
 * @param value the text of a word, or the decoded value of a quoted identifier or string
 * @param keyword upper-case text of a bare word that the grammar knows; empty for every other token, so that a quoted word is
 *     never a keyword
 * @param binary a string whose value is not text, and which therefore cannot name anything
 */
record Token(TokenType type, int start, int end, String value, String keyword, boolean binary) {

    boolean is(TokenType wanted) {
        return type == wanted;
    }

    boolean isName() {
        return type == TokenType.WORD || type == TokenType.QUOTED;
    }
}
