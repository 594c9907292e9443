package dev.rookery.ingest.encoding;

/** Strings; numbers, booleans, arrays and objects are stored as their JSON text (JP-6, JP-10, JP-11). */
final class StringEncoder implements RawEncoder {

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token().isStructStart()) {
            int from = in.tokenStart();
            in.skip();
            return encodeRaw(in.input(), from, in.tokenEnd(), out);
        }
        return out.string(in.chars(), in.offset(), in.length());
    }

    @Override
    public boolean encodeRaw(byte[] json, int from, int to, RowBuffer out) {
        out.varint(to - from);
        out.append(json, from, to - from);
        return true;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.int8(0);
        return true;
    }
}
