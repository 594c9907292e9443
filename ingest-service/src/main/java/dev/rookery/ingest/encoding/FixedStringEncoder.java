package dev.rookery.ingest.encoding;

import dev.rookery.clickhouse.types.ColumnType.FixedStringType;
import tools.jackson.core.JsonToken;

/** Strings of a fixed number of bytes: shorter ones are filled with zero bytes, longer ones do not fit. */
final class FixedStringEncoder implements ValueEncoder {

    private final int width;

    FixedStringEncoder(FixedStringType type) {
        width = type.length();
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() != JsonToken.VALUE_STRING) {
            return false;
        }
        int length = RowBuffer.utf8Length(in.chars(), in.offset(), in.length());
        if (length < 0 || length > width) {
            return false;
        }
        out.utf8(in.chars(), in.offset(), in.length());
        out.zeros(width - length);
        return true;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.zeros(width);
        return true;
    }
}
