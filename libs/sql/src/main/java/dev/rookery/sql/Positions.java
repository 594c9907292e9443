package dev.rookery.sql;

/** Lines and columns of offsets; cheap because they are mostly asked in ascending order. */
final class Positions {

    private final String sql;
    private int offset;
    private int line = 1;
    private int lineStart;

    Positions(String sql) {
        this.sql = sql;
    }

    SourcePosition of(int wanted) {
        if (wanted < offset) {
            if (wanted >= lineStart) {
                return new SourcePosition(wanted, line, wanted - lineStart + 1);
            }
            line -= newlines(wanted, offset);
            lineStart = wanted == 0 ? 0 : sql.lastIndexOf('\n', wanted - 1) + 1;
        } else {
            int added = newlines(offset, wanted);
            if (added > 0) {
                line += added;
                lineStart = sql.lastIndexOf('\n', wanted - 1) + 1;
            }
        }
        offset = wanted;
        return new SourcePosition(wanted, line, wanted - lineStart + 1);
    }

    private int newlines(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (sql.charAt(i) == '\n') {
                count++;
            }
        }
        return count;
    }
}
