package dev.rookery.ingest.files;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Turns a CSV with escapes or line ends of its own into RFC 4180. What is escaped leaves as a noncharacter that stands for
 * it, which {@link #meaning} turns back once rows and fields are told apart. One thread.
 */
final class DialectReader extends FilterReader {
    /** Noncharacters, which no text has a use for: delimiter, quote, CR, LF. */
    private static final char FIRST = '\uFDD0';

    private static final char CR = FIRST + 2;
    private static final char LF = FIRST + 3;

    private final CsvDialect dialect;
    private final @Nullable String newLine;
    private boolean quoted;
    private boolean fieldStart = true;
    /** A quote behind it goes on with the field that it seemed to end. */
    private boolean afterClosingQuote;

    DialectReader(Reader in, CsvDialect dialect) {
        super(in instanceof BufferedReader ? in : new BufferedReader(in, 64 << 10));
        this.dialect = dialect;
        this.newLine = dialect.newLine();
    }

    /** The character that one of this reader's stands for. */
    static char meaning(char c, CsvDialect dialect) {
        return switch (c - FIRST) {
            case 0 -> dialect.delimiter();
            case 1 -> CsvDialect.QUOTE;
            case 2 -> '\r';
            case 3 -> '\n';
            default -> c;
        };
    }

    @Override
    public int read() throws IOException {
        int c = in.read();
        if (c < 0) {
            return -1;
        }
        Character escape = dialect.escape();
        if (escape != null && c == escape) {
            return escaped();
        }
        if (c >= FIRST && c <= LF) {
            return CsvText.BROKEN;
        }
        if (c == CsvDialect.QUOTE) {
            boolean closes = quoted;
            quoted = !quoted && (fieldStart || afterClosingQuote);
            fieldStart = false;
            afterClosingQuote = closes;
            return c;
        }
        afterClosingQuote = false;
        if (quoted || newLine == null) {
            fieldStart = !quoted && (c == dialect.delimiter() || c == '\n' || c == '\r');
            return c;
        }
        if (isNewLine(c)) {
            fieldStart = true;
            return '\n';
        }
        fieldStart = c == dialect.delimiter();
        return c == '\n' ? LF : c == '\r' ? CR : c;
    }

    private int escaped() throws IOException {
        int c = in.read();
        fieldStart = false;
        afterClosingQuote = false;
        if (c < 0) {
            return dialect.escape() == null ? -1 : dialect.escape();
        }
        if (c == dialect.delimiter()) {
            return FIRST;
        }
        return switch (c) {
            case CsvDialect.QUOTE -> FIRST + 1;
            case '\r' -> CR;
            case '\n' -> LF;
            default -> c;
        };
    }

    private boolean isNewLine(int c) throws IOException {
        String end = newLine;
        if (end == null || c != end.charAt(0)) {
            return false;
        }
        in.mark(end.length());
        for (int i = 1; i < end.length(); i++) {
            if (in.read() != end.charAt(i)) {
                in.reset();
                return false;
            }
        }
        return true;
    }

    @Override
    public int read(char[] chars, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int c = read();
            if (c < 0) {
                return count == 0 ? -1 : count;
            }
            chars[offset + count++] = (char) c;
        }
        return count;
    }
}
