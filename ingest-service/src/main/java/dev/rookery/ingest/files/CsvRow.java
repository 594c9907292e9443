package dev.rookery.ingest.files;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A row's fields as the reader finds them; the same object for every row, so that nothing is made per field. */
final class CsvRow extends CsvCallbackHandler<CsvRow> {
    private char[] chars = new char[4096];
    private int length;
    private int[] ends = new int[64];
    private boolean[] quoted = new boolean[64];
    private int fields;
    private boolean empty;

    int fields() {
        return fields;
    }

    char[] chars() {
        return chars;
    }

    int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    int end(int field) {
        return ends[field];
    }

    boolean isQuoted(int field) {
        return quoted[field];
    }

    String text(int field) {
        return new String(chars, start(field), end(field) - start(field));
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>(fields);
        for (int i = 0; i < fields; i++) {
            texts.add(text(i));
        }
        return texts;
    }

    /** Puts back what the dialect's reader had to change. */
    void restore(CsvDialect dialect) {
        for (int i = 0; i < length; i++) {
            chars[i] = DialectReader.meaning(chars[i], dialect);
        }
    }

    @Override
    protected RecordType getRecordType() {
        return empty ? RecordType.EMPTY : RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
        return fields;
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        fields = 0;
        length = 0;
        empty = false;
        if (chars.length > 1 << 20) {
            chars = new char[4096];
        }
    }

    @Override
    protected void addField(char[] buffer, int offset, int size, boolean isQuoted) {
        if (chars.length - length < size) {
            chars = Arrays.copyOf(chars, Math.max(2 * chars.length, length + size));
        }
        System.arraycopy(buffer, offset, chars, length, size);
        length += size;
        if (fields == ends.length) {
            ends = Arrays.copyOf(ends, 2 * fields);
            quoted = Arrays.copyOf(quoted, 2 * fields);
        }
        ends[fields] = length;
        quoted[fields++] = isQuoted;
    }

    @Override
    protected void setComment(char[] buffer, int offset, int size) {
        throw new IllegalStateException("comments are not asked for");
    }

    @Override
    protected void setEmpty() {
        empty = true;
    }

    @Override
    protected CsvRow buildRecord() {
        return this;
    }
}
