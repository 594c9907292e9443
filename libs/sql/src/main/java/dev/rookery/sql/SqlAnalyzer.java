package dev.rookery.sql;

/** Finds out what a statement refers to. Thread-safe; time and memory are linear in the length of the text. */
public final class SqlAnalyzer {

    private SqlAnalyzer() {}

    /**
     * Analyses one statement; a semicolon may end it.
     *
     * @param sql the text with its real literals, at most 1 Mi UTF-16 units
     * @return what it refers to; of kind {@link StatementKind#OTHER}, and without any detail, if it does not start like a
     *     statement that reads
     * @throws SqlException if any part of the text is not understood
     */
    public static SqlStatement analyze(String sql) {
        return new StatementParser(Lexer.lex(sql)).statement();
    }
}
