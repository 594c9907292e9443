package dev.rookery.ingest.encoding;

/** Finds halves of surrogate pairs among the escapes of a valid JSON text. */
final class SurrogateEscapes {

    private SurrogateEscapes() {}

    /** Whether every escaped high surrogate is followed by an escaped low one, and none stands alone. */
    static boolean paired(byte[] json, int from, int to) {
        int at = from;
        while (at < to) {
            if (json[at] != '\\') {
                at++;
            } else if (json[at + 1] != 'u') {
                at += 2;
            } else {
                char unit = unit(json, at + 2);
                at += 6;
                if (Character.isLowSurrogate(unit) || (Character.isHighSurrogate(unit) && !isLow(json, at, to))) {
                    return false;
                }
                at += Character.isHighSurrogate(unit) ? 6 : 0;
            }
        }
        return true;
    }

    private static boolean isLow(byte[] json, int at, int to) {
        return at + 6 <= to && json[at] == '\\' && json[at + 1] == 'u' && Character.isLowSurrogate(unit(json, at + 2));
    }

    private static char unit(byte[] json, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            value = (value << 4) | Character.digit(json[i], 16);
        }
        return (char) value;
    }
}
