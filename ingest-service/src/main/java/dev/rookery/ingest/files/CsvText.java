package dev.rookery.ingest.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;

/** The characters of a CSV. */
final class CsvText {
    /** Stands for bytes that are no character of the charset: no text has it, so that the row is known to be broken. */
    static final char BROKEN = '\uDFFF';

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private CsvText() {}

    /** Never fails for what the bytes are; a byte order mark is left out. */
    static Reader of(InputStream in, CsvDialect dialect) throws IOException {
        var text = new PushbackReader(new InputStreamReader(
                in,
                dialect.charset()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith(String.valueOf(BROKEN))));
        int first = text.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            text.unread(first);
        }
        return dialect.isPlain() ? text : new DialectReader(text, dialect);
    }
}
