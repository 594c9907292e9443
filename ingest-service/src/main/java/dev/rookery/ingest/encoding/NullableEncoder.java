package dev.rookery.ingest.encoding;

import tools.jackson.core.JsonToken;

/** A byte that says whether the value is null, then the value. */
final class NullableEncoder implements ValueEncoder {

    private final ValueEncoder inner;

    NullableEncoder(ValueEncoder inner) {
        this.inner = inner;
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() == JsonToken.VALUE_NULL) {
            return encodeDefault(out);
        }
        out.int8(0);
        return inner.encode(in, out);
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.int8(1);
        return true;
    }
}
