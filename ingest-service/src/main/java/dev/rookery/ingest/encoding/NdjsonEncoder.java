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
        lines.open(body);
        good.open(sink::rows);
        bad.open(sink::quarantine);
        switch (format) {
            case NDJSON -> {
                while (lines.next()) {
                    line();
                }
            }
            case JSON -> whole();
        }
        good.flush();
        bad.flush();
        return new EncodeCounts(accepted, quarantined, invalid, empty, lines.bytes());
    }

    private void line() {
        if (lines.tooLong()) {
            tooLong();
        } else if (Bytes.firstNonBlank(lines.buffer(), lines.start(), lines.end()) == lines.end()) {
            empty++;
        } else {
            text(false);
        }
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
        return to;
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
