package dev.rookery.ingest.encoding;

import tools.jackson.core.JsonToken;

/**
 * The JSON type: an object travels as its text, which ClickHouse reads at insert. What its reader refuses does not
 * fit here, or one row would fail a whole insert: integers below -2^63 or above 2^64 - 1, numbers beyond a double,
 * and halves of surrogate pairs.
 */
final class JsonObjectEncoder implements ValueEncoder {

    private final WholeNumber number = new WholeNumber();

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() != JsonToken.START_OBJECT) {
            return false;
        }
        int from = in.tokenStart();
        int outside = in.depthOutside();
        while (in.depth() > outside) {
            in.next();
            boolean readable = switch (in.token()) {
                case VALUE_NUMBER_INT -> number.read(in) && (!number.negative() || number.fitsSigned(64));
                case VALUE_NUMBER_FLOAT -> Double.isFinite(in.doubleValue());
                default -> true;
            };
            if (!readable) {
                return false;
            }
        }
        int to = in.tokenEnd();
        if (!SurrogateEscapes.paired(in.input(), from, to)) {
            return false;
        }
        out.varint(to - from);
        out.append(in.input(), from, to - from);
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
