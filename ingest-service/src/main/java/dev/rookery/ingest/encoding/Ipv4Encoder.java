package dev.rookery.ingest.encoding;

import tools.jackson.core.JsonToken;

/** Four decimal octets; leading zeros mean nothing. */
final class Ipv4Encoder implements ValueEncoder {

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() != JsonToken.VALUE_STRING) {
            return false;
        }
        long address = parse(in.chars(), in.offset(), in.offset() + in.length());
        if (address < 0) {
            return false;
        }
        out.int32((int) address);
        return true;
    }

    /** The address as a number of 32 bits, or -1. */
    static long parse(char[] chars, int from, int end) {
        long address = 0;
        int at = from;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0 && (at == end || chars[at++] != '.')) {
                return -1;
            }
            int start = at;
            int value = 0;
            while (at < end && chars[at] >= '0' && chars[at] <= '9') {
                value = value * 10 + (chars[at++] - '0');
                if (value > 255) {
                    return -1;
                }
            }
            if (at == start) {
                return -1;
            }
            address = (address << 8) | value;
        }
        return at == end ? address : -1;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.zeros(4);
        return true;
    }
}
