package dev.rookery.ingest.encoding;

import tools.jackson.core.JsonToken;

/** Maps from objects; a key that is there twice is stored twice, as ClickHouse does. */
final class MapEncoder implements ValueEncoder {

    private final ValueEncoder key;
    private final ElementEncoder value;

    MapEncoder(ValueEncoder key, ValueEncoder value) {
        this.key = key;
        this.value = new ElementEncoder(value);
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() != JsonToken.START_OBJECT) {
            return false;
        }
        int start = out.size();
        int count = 0;
        while (in.next() != JsonToken.END_OBJECT) {
            in.keyAsString();
            if (!key.encode(in, out)) {
                return false;
            }
            in.next();
            if (!value.encode(in, out)) {
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
