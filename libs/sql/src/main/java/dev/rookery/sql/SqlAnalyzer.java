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

    private static final String BEFORE = "SELECT (";
    private static final String AFTER = "\n)";

    /**
     * Analyses a text that is to stand in brackets, such as a condition, as a SELECT of it.
     *
     * @param expression the text, without brackets around it
     * @return what it refers to; {@link #expressionOf} takes it out of the rewritten SELECT again
     * @throws SqlException if any part of it is not understood, or it ends the brackets that it stands in
     */
    public static SqlStatement analyzeExpression(String expression) {
        LexedSql lexed = Lexer.lex(BEFORE + expression + AFTER);
        // SELECT, the bracket, …, its partner, the end.
        int opening = 1;
        int last = lexed.tokens().length - 2;
        if (lexed.tokens()[last].type() != TokenType.CLOSE_ROUND || lexed.partner()[opening] != last) {
            throw new SqlException("The expression closes a bracket that it has not opened", 1, 1);
        }
        return new StatementParser(lexed).statement();
    }

    /** The expression in a rewritten SELECT that {@link #analyzeExpression} was made of, without brackets around it. */
    public static String expressionOf(RewrittenSql sql) {
        String text = sql.text();
        if (!text.startsWith(BEFORE) || !text.endsWith(AFTER)) {
            throw new IllegalArgumentException("not the SELECT of an expression");
        }
        return text.substring(BEFORE.length(), text.length() - AFTER.length());
    }
}
