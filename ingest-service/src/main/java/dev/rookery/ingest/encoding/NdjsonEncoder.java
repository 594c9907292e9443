package dev.rookery.ingest.encoding;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/**
 * Turns JSON bodies into blocks for ClickHouse, in one pass and in bounded memory: rows that fit the layout as {@link
 * InsertFormat#ROWS}, the others with their reasons as {@link InsertFormat#QUARANTINE}. What is stored is what
 * ClickHouse's own JSONEachRow would store, but for the differences the package documents.
 *
 * <p>Not safe for two threads at once. Keeps its buffers between bodies, so reuse it; a body that ended with an
 * exception leaves nothing behind.
 */
public final class NdjsonEncoder {

    /** Lines that get a parser each after one that was no row: bounds what a body of such lines can cost. */
    private static final int LINES_ALONE = 64;

    private final Layout layout;
    private final EncoderLimits limits;
    private final InvalidLines invalidLines;
    private final RowReader reader;
    private final RowAssembler assembler;
    private final QuarantineWriter quarantine;
    private final LineReader lines;
    private final BlockBuilder good;
    private final BlockBuilder bad;
    private final JsonCursor cursor = new JsonCursor();

    private Acceptance acceptance = new Acceptance(Instant.EPOCH, null);
    /** One parser serves all lines up to here, counted by {@link LineReader#moved()}; 0 if none is open. */
    private long streamEnd;

    private int linesAlone;
    private long accepted;
    private long quarantined;
    private long invalid;
    private long empty;

    /**
     * Prepares for bodies of one data source.
     *
     * @throws LayoutException if a path through {@code [:]} does not fill an array
     */
    public NdjsonEncoder(Layout layout, EncoderLimits limits, InvalidLines invalidLines) {
        this.layout = layout;
        this.limits = limits;
        this.invalidLines = invalidLines;
        var root = PathNode.tree(layout.columns());
        var types = new ValueEncoders(layout.zone(), () -> acceptance.at());
        reader = new RowReader(root, ColumnEncoders.of(layout, types));
        assembler = new RowAssembler(layout, reader);
        quarantine = new QuarantineWriter(layout, root);
        lines = new LineReader(limits.rowBytes());
        good = new BlockBuilder(limits);
        bad = new BlockBuilder(limits);
    }

    /** The columns rows are encoded for. */
    public Layout layout() {
        return layout;
    }

    /** Encodes a body that is in memory; see {@link #encode(InputStream, BodyFormat, Acceptance, BlockSink)}. */
    public EncodeCounts encode(byte[] body, BodyFormat format, Acceptance with, BlockSink sink) {
        try {
            return encode(new ByteArrayInputStream(body), format, with, sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    /**
     * Encodes a body. Blocks reach the sink while the body is still being read; the last ones before this returns.
     *
     * @throws IOException if the body cannot be read; blocks handed over until then stand
     */
    public EncodeCounts encode(InputStream body, BodyFormat format, Acceptance with, BlockSink sink)
            throws IOException {
        acceptance = with;
        accepted = quarantined = invalid = empty = 0;
        streamEnd = linesAlone = 0;
        lines.open(body);
        good.open(sink::rows);
        bad.open(sink::quarantine);
        try {
            switch (format) {
                case NDJSON -> {
                    while (lines.next()) {
                        line();
                    }
                }
                case JSON -> whole();
            }
        } finally {
            cursor.close();
        }
        good.flush();
        bad.flush();
        return new EncodeCounts(accepted, quarantined, invalid, empty, lines.bytes());
    }

    private void line() {
        if (lines.tooLong()) {
            streamEnd = 0;
            tooLong();
        } else if (Bytes.firstNonBlank(lines.buffer(), lines.start(), lines.end()) == lines.end()) {
            empty++;
        } else if (!lineInStream()) {
            streamEnd = 0;
            text(false);
        }
    }

    /**
     * The way of nearly every line: a parser of its own would cost it a third of its time, and far more where keys are
     * never the same (each parser copies the table of known keys). Stores nothing unless the line is exactly one row;
     * false leaves the line to {@link #text}. As a parser that runs on into the next lines is lost work, a line that
     * misled it sends the next ones the other way.
     */
    private boolean lineInStream() {
        var bytes = lines.buffer();
        int from = lines.start();
        int to = lines.end();
        if (linesAlone > 0) {
            linesAlone--;
            return false;
        }
        if (bytes[from] != '{' || !Bytes.isUtf8(bytes, from, to)) {
            return false;
        }
        try {
            if (from + lines.moved() >= streamEnd) {
                int wholeLinesEnd = lines.wholeLinesEnd();
                streamEnd = wholeLinesEnd + lines.moved();
                cursor.open(bytes, from, wholeLinesEnd);
            }
            if (cursor.next() != JsonToken.START_OBJECT || cursor.tokenStart() != from) {
                throw new IllegalStateException("The parser is not at the line's start");
            }
            reader.read(cursor);
            int end = cursor.tokenEnd();
            if (end <= to && Bytes.firstNonBlank(bytes, end, to) == to) {
                row(from, end);
                return true;
            }
        } catch (JacksonException e) {
            // The line is read again, alone, and then the error is told in terms of this line only.
            linesAlone = LINES_ALONE;
            return false;
        }
        linesAlone = LINES_ALONE;
        return false;
    }

    private void whole() throws IOException {
        if (!lines.rest(Integer.MAX_VALUE - 16)) {
            tooLong();
        } else if (Bytes.firstNonBlank(lines.buffer(), lines.start(), lines.end()) < lines.end()) {
            text(true);
        }
    }

    private void text(boolean arrays) {
        var bytes = lines.buffer();
        int from = afterByteOrderMark(bytes, lines.start(), lines.end());
        int to = lines.end();
        if (from == to) {
            return; // nothing but a byte order mark
        }
        if (!Bytes.isUtf8(bytes, from, to)) {
            invalid("not UTF-8", bytes, from, to);
            return;
        }
        int first = Bytes.firstNonBlank(bytes, from, to);
        if (!arrays && bytes[first] != '{') {
            invalid("not a JSON object", bytes, from, to); // without the cost of an exception for each such line
            return;
        }
        cursor.open(bytes, from, to);
        int rest = from;
        try {
            for (var token = cursor.next(); token != JsonToken.NOT_AVAILABLE; token = cursor.next()) {
                if (arrays && token == JsonToken.START_ARRAY) {
                    while (cursor.next() != JsonToken.END_ARRAY) {
                        rest = value();
                    }
                } else {
                    rest = value();
                }
            }
        } catch (JacksonException e) {
            invalid("not JSON: " + e.getOriginalMessage(), bytes, rest, to);
        } finally {
            cursor.close();
        }
    }

    /** Takes the value the cursor is on and returns where it ends. */
    private int value() {
        int from = cursor.tokenStart();
        if (cursor.token() != JsonToken.START_OBJECT) {
            cursor.readToEnd();
            int to = cursor.tokenEnd();
            invalid("not a JSON object", cursor.input(), from, to);
            return to;
        }
        reader.read(cursor);
        int to = cursor.tokenEnd();
        row(from, to);
        return to;
    }

    /** Stores or quarantines the row that was read last. */
    private void row(int from, int to) {
        if (to - from > limits.rowBytes()) {
            tooLong();
        } else if (assembler.assemble(acceptance, good.begin())) {
            good.commit();
            accepted++;
        } else {
            good.rollback();
            quarantine.row(cursor.input(), from, to, assembler.failed(), acceptance, bad.begin());
            bad.commit();
            quarantined++;
        }
    }

    private void tooLong() {
        var reason = "row is longer than %d bytes".formatted(limits.rowBytes());
        quarantine.text(reason, new byte[0], 0, 0, acceptance, bad.begin());
        bad.commit();
        quarantined++;
    }

    private void invalid(String reason, byte[] bytes, int from, int to) {
        invalid++;
        if (invalidLines == InvalidLines.QUARANTINE) {
            quarantine.text(reason, bytes, from, to, acceptance, bad.begin());
            bad.commit();
            quarantined++;
        }
    }

    private static int afterByteOrderMark(byte[] bytes, int from, int to) {
        boolean mark = to - from >= 3
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
        return mark ? from + 3 : from;
    }
}
