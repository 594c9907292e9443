package dev.rookery.ingest.encoding;

import java.util.List;
import tools.jackson.core.JsonToken;

/** Tuples without names: an array of exactly as many elements. */
final class TupleEncoder implements ValueEncoder {

    private final List<ElementEncoder> elements;

    TupleEncoder(List<ValueEncoder> elements) {
        this.elements = elements.stream().map(ElementEncoder::new).toList();
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() != JsonToken.START_ARRAY) {
            return false;
        }
        for (var element : elements) {
            if (in.next() == JsonToken.END_ARRAY || !element.encode(in, out)) {
                return false;
            }
        }
        return in.next() == JsonToken.END_ARRAY;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        for (var element : elements) {
            if (!element.encodeDefault(out)) {
                return false;
            }
        }
        return true;
    }
}
