package dev.rookery.ingest.encoding;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows of the quarantine table: the values as text, and every reason in the documented words (QU-2, QU-4). */
final class QuarantineWriter {

    /** A value is in its own column in full; the message need not repeat a long one. */
    private static final int MAX_SHOWN = 1_000;

    private static final int MAX_LINE_SHOWN = 64 * 1024;

    private final Layout layout;
    private final RowReader texts;
    private final JsonCursor cursor = new JsonCursor();

    QuarantineWriter(Layout layout, PathNode root) {
        this.layout = layout;
        List<ValueEncoder> encoders = new ArrayList<>();
        for (int i = 0; i < layout.columns().size(); i++) {
            encoders.add(new TextEncoder());
        }
        this.texts = new RowReader(root, encoders);
    }

    /**
     * A row that is a JSON object and does not fit.
     *
     * @param failed for each column, whether it is at fault
     */
    void row(byte[] json, int from, int to, boolean[] failed, Acceptance acceptance, RowBuffer out) {
        cursor.open(json, from, to);
        cursor.next();
        texts.read(cursor);
        cursor.close();
        var columns = new ArrayList<String>();
        var errors = new ArrayList<String>();
        for (int i = 0; i < failed.length; i++) {
            if (failed[i]) {
                var column = layout.columns().get(i);
                columns.add(column.name());
                errors.add("value '%s' on column '%s' is not %s"
                        .formatted(shown(i), column.name(), column.type().print()));
            }
        }
        write(columns, errors, true, acceptance, out);
    }

    /** A text without values: no JSON object, or too long. */
    void text(String reason, byte[] bytes, int from, int to, Acceptance acceptance, RowBuffer out) {
        int end = Math.min(to, from + MAX_LINE_SHOWN);
        var text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
        write(List.of(), List.of(text.isEmpty() ? reason : reason + ": " + text), false, acceptance, out);
    }

    private String shown(int column) {
        if (!texts.isSet(column)) {
            return texts.isFailed(column) ? "" : "null";
        }
        var bytes = texts.bytes(column);
        int length = 0;
        int at = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = bytes[at++];
            length |= (b & 0x7F) << shift;
            if (b >= 0) {
                break;
            }
        }
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private void write(
            List<String> columns, List<String> errors, boolean values, Acceptance acceptance, RowBuffer out) {
        strings(columns, out);
        strings(errors, out);
        nullable(acceptance.importId(), out);
        for (int i = 0; i < layout.columns().size(); i++) {
            if (!Layout.keptInQuarantine(layout.columns().get(i))) {
                continue;
            }
            boolean present = values && texts.isSet(i);
            out.int8(present ? 0 : 1);
            if (present) {
                texts.copy(i, out);
            }
        }
        out.int32((int) acceptance.at().getEpochSecond());
    }

    private static void nullable(@Nullable String value, RowBuffer out) {
        out.int8(value == null ? 1 : 0);
        if (value != null) {
            string(value, out);
        }
    }

    private static void strings(List<String> values, RowBuffer out) {
        out.varint(values.size());
        values.forEach(value -> string(value, out));
    }

    private static void string(String value, RowBuffer out) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        out.varint(bytes.length);
        out.append(bytes, 0, bytes.length);
    }
}
