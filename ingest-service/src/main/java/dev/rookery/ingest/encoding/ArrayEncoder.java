package dev.rookery.ingest.encoding;

import tools.jackson.core.JsonToken;

/** Arrays; the count goes in front once it is known. */
final class ArrayEncoder implements ValueEncoder {

    private final ElementEncoder element;

    ArrayEncoder(ValueEncoder element) {
        this.element = new ElementEncoder(element);
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() != JsonToken.START_ARRAY) {
            return false;
        }
        int start = out.size();
        int count = 0;
        while (in.next() != JsonToken.END_ARRAY) {
            if (!element.encode(in, out)) {
                return false;
            }
            count++;
        }
        out.insertVarint(start, count);
        return true;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.int8(0);
        return true;
    }
}
