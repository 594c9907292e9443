package dev.rookery.ingest.encoding;

import tools.jackson.core.JsonToken;

/** DateTime: a best-effort text, or seconds as a whole number; outside 1970 to 2106 it does not fit. */
final class DateTimeEncoder implements ValueEncoder {

    private static final long MAX = 0xFFFF_FFFFL;

    private final BestEffortDateTime text;
    private final WholeNumber number = new WholeNumber();

    DateTimeEncoder(BestEffortDateTime text) {
        this.text = text;
    }

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (in.token() == JsonToken.VALUE_NUMBER_INT) {
            return number.read(in) && number.fitsSigned(64) && write(number.value(), out);
        }
        return in.token() == JsonToken.VALUE_STRING
                && text.read(in.chars(), in.offset(), in.length(), false)
                && write(text.seconds(), out);
    }

    private static boolean write(long seconds, RowBuffer out) {
        if (seconds < 0 || seconds > MAX) {
            return false;
        }
        out.int32((int) seconds);
        return true;
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        out.zeros(4);
        return true;
    }
}
