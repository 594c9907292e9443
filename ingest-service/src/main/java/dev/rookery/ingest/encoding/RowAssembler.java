package dev.rookery.ingest.encoding;

import java.util.Arrays;

/** Puts a read row's values into column order, with defaults where there is no value (JP-14, JP-16, JP-17). */
final class RowAssembler {

    private static final int VALUE = 0;
    private static final int USE_DEFAULT = 1;
    private static final int NULL = 1;

    private final LayoutColumn[] columns;
    private final boolean[] nullable;
    private final RowReader row;
    private final boolean[] failed;

    RowAssembler(Layout layout, RowReader row) {
        this.columns = layout.columns().toArray(LayoutColumn[]::new);
        this.row = row;
        this.failed = new boolean[columns.length];
        this.nullable = new boolean[columns.length];
        for (int i = 0; i < columns.length; i++) {
            nullable[i] = ValueEncoders.nullable(columns[i].type());
        }
    }

    /** Appends the row; false, with the buffer in any state, if it does not fit. */
    boolean assemble(Acceptance acceptance, RowBuffer out) {
        Arrays.fill(failed, false);
        boolean fits = true;
        for (int i = 0; i < columns.length; i++) {
            if (row.isSet(i)) {
                out.int8(VALUE);
                row.copy(i, out);
            } else if (row.isFailed(i) || !absent(i, acceptance, out)) {
                failed[i] = true;
                fits = false;
            }
        }
        return fits;
    }

    private boolean absent(int i, Acceptance acceptance, RowBuffer out) {
        var column = columns[i];
        var decided = column.acceptanceValue();
        if (decided != null) {
            var bytes = decided.rowBinary(acceptance);
            out.int8(VALUE);
            out.append(bytes, 0, bytes.length);
        } else if (column.hasDefault() || column.path() == null) {
            out.int8(USE_DEFAULT);
        } else if (nullable[i]) {
            out.int8(VALUE);
            out.int8(NULL);
        } else {
            return false;
        }
        return true;
    }

    /** For each column of the row assembled last, whether it is at fault; valid until the next row. */
    boolean[] failed() {
        return failed;
    }
}
