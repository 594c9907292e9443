package dev.rookery.ingest.encoding;

import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonToken;

/**
 * Reads one row in a single pass: every value lands in its column's slot, in the order the row has them. One thread;
 * the slots are valid until the next row.
 */
final class RowReader {

    private enum Slot {
        MISSING,
        SET,
        FAILED
    }

    private final PathNode root;
    private final ValueEncoder[] encoders;
    private final RowBuffer scratch = new RowBuffer(4096);
    private final Slot[] slots;
    private final int[] offsets;
    private final int[] lengths;

    RowReader(PathNode root, List<ValueEncoder> encoders) {
        this.root = root;
        this.encoders = encoders.toArray(ValueEncoder[]::new);
        slots = new Slot[this.encoders.length];
        offsets = new int[this.encoders.length];
        lengths = new int[this.encoders.length];
    }

    /** From the row's START_OBJECT to its end. */
    void read(JsonCursor in) {
        scratch.truncate(0);
        scratch.shrinkTo(1 << 20);
        Arrays.fill(slots, Slot.MISSING);
        value(root, in);
    }

    boolean isSet(int column) {
        return slots[column] == Slot.SET;
    }

    /** Whether the row has a value for the column that does not fit. */
    boolean isFailed(int column) {
        return slots[column] == Slot.FAILED;
    }

    /** Copies a set column's bytes. */
    void copy(int column, RowBuffer out) {
        out.append(scratch, offsets[column], lengths[column]);
    }

    /** A set column's bytes as an array. */
    byte[] bytes(int column) {
        return scratch.copy(offsets[column], offsets[column] + lengths[column]);
    }

    private void value(PathNode node, JsonCursor in) {
        var columns = node.columns();
        if (!in.token().isStructStart()) {
            for (int i = 0; i < columns.size(); i++) {
                column(columns.get(i), in);
            }
        } else if (columns.isEmpty()) {
            inside(node, in);
        } else if (columns.size() == 1 && node.isLeaf()) {
            column(columns.getFirst(), in);
        } else {
            int from = in.tokenStart();
            inside(node, in);
            int to = in.tokenEnd();
            for (int i = 0; i < columns.size(); i++) {
                again(columns.get(i), in.input(), from, to);
            }
        }
    }

    private void inside(PathNode node, JsonCursor in) {
        if (node.isLeaf() || in.token() != JsonToken.START_OBJECT) {
            in.skip();
            return;
        }
        while (in.next() != JsonToken.END_OBJECT) {
            var child = node.child(in.name());
            in.next();
            if (child == null) {
                in.skip();
            } else {
                value(child, in);
            }
        }
    }

    private void column(int column, JsonCursor in) {
        if (in.token() == JsonToken.VALUE_NULL) {
            return;
        }
        int depth = in.depthOutside();
        int start = scratch.size();
        if (slots[column] == Slot.MISSING && encoders[column].encode(in, scratch)) {
            set(column, start);
        } else {
            in.skipTo(depth);
            fail(column, start);
        }
    }

    /** An object that is wanted whole and in parts is read again for the columns that cannot take its text. */
    private void again(int column, byte[] json, int from, int to) {
        int start = scratch.size();
        boolean fits = slots[column] == Slot.MISSING;
        if (fits && encoders[column] instanceof RawEncoder raw) {
            fits = raw.encodeRaw(json, from, to, scratch);
        } else if (fits) {
            var in = new JsonCursor();
            in.open(json, from, to);
            in.next();
            fits = encoders[column].encode(in, scratch);
            in.close();
        }
        if (fits) {
            set(column, start);
        } else {
            fail(column, start);
        }
    }

    private void set(int column, int start) {
        slots[column] = Slot.SET;
        offsets[column] = start;
        lengths[column] = scratch.size() - start;
    }

    private void fail(int column, int start) {
        scratch.truncate(start);
        slots[column] = Slot.FAILED;
    }
}
