package dev.rookery.ingest.encoding;

import tools.jackson.core.JsonToken;

/** UUIDs of 32 hexadecimal digits, with all four dashes or none. */
final class UuidEncoder implements ValueEncoder {

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() != JsonToken.VALUE_STRING || (in.length() != 36 && in.length() != 32)) {
            return false;
        }
        var chars = in.chars();
        int at = in.offset();
        boolean dashes = in.length() == 36;
        long high = 0;
        long low = 0;
        for (int digit = 0; digit < 32; digit++) {
            if (dashes && (digit == 8 || digit == 12 || digit == 16 || digit == 20) && chars[at++] != '-') {
                return false;
            }
            int value = hex(chars[at++]);
            if (value < 0) {
                return false;
            }
            if (digit < 16) {
                high = (high << 4) | value;
            } else {
                low = (low << 4) | value;
            }
        }
        out.int64(high);
        out.int64(low);
        return true;
    }

    /** Value of an ASCII hexadecimal digit, or -1. */
    static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.zeros(16);
        return true;
    }
}
