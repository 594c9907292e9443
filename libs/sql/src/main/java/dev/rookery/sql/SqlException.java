package dev.rookery.sql;

/** A statement that is refused. The message is public: it names what is wrong and where, and nothing of the inside. */
public final class SqlException extends RuntimeException {

    private final int line;
    private final int column;

    /**
     * @param message what is wrong, for the tenant
     * @param line line of the offending text, from 1; 0 if no place can be named
     * @param column column in UTF-16 units, from 1; 0 if no place can be named
     */
    public SqlException(String message, int line, int column) {
        super(line > 0 ? message + " (line " + line + ", column " + column + ")" : message);
        this.line = line;
        this.column = column;
    }

    static SqlException at(String sql, int offset, String message) {
        int end = Math.min(offset, sql.length());
        int line = 1;
        int lineStart = 0;
        for (int newline = sql.indexOf('\n'); newline >= 0 && newline < end; newline = sql.indexOf('\n', newline + 1)) {
            line++;
            lineStart = newline + 1;
        }
        return new SqlException(message, line, end - lineStart + 1);
    }

    /** Line of the offending text, from 1; 0 if no place can be named. */
    public int line() {
        return line;
    }

    /** Column of the offending text in UTF-16 units, from 1; 0 if no place can be named. */
    public int column() {
        return column;
    }
}
