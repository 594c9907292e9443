package dev.rookery.ingest.encoding;

/** {@code true}, {@code false}, 1 and 0; no text. */
final class BoolEncoder implements ValueEncoder {

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        int value = switch (in.token()) {
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            case VALUE_NUMBER_INT -> in.textIs("1") ? 1 : in.textIs("0") ? 0 : -1;
            default -> -1;
        };
        if (value < 0) {
            return false;
        }
        out.int8(value);
        return true;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.int8(0);
        return true;
    }
}
