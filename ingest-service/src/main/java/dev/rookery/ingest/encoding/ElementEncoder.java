package dev.rookery.ingest.encoding;

import tools.jackson.core.JsonToken;

/** An element of an array, map or tuple, where null means the type's own default if it cannot be null. */
final class ElementEncoder {

    private final ValueEncoder encoder;

    ElementEncoder(ValueEncoder encoder) {
        this.encoder = encoder;
    }

    boolean encode(JsonCursor in, RowBuffer out) {
        return in.token() == JsonToken.VALUE_NULL ? encoder.encodeDefault(out) : encoder.encode(in, out);
    }

    boolean encodeDefault(RowBuffer out) {
        return encoder.encodeDefault(out);
    }
}
