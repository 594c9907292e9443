package dev.rookery.ingest.encoding;

import tools.jackson.core.JsonToken;

/**
 * The JSON type: an object travels as its text, which ClickHouse reads at insert. What its reader would refuse must
 * be caught here, or one row would fail a whole insert.
 */
final class JsonObjectEncoder implements RawEncoder {

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() != JsonToken.START_OBJECT) {
            return false;
        }
        int from = in.tokenStart();
        in.skip();
        return encodeRaw(in.input(), from, in.tokenEnd(), out);
    }

    @Override
    public boolean encodeRaw(byte[] json, int from, int to, RowBuffer out) {
        if (json[from] != '{' || !SurrogateEscapes.paired(json, from, to)) {
            return false;
        }
        out.varint(to - from);
        out.append(json, from, to - from);
        return true;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.int8(2);
        out.int8('{');
        out.int8('}');
        return true;
    }
}
