package dev.rookery.ingest.encoding;

/** Keeps any value as text, for quarantine: what is no Unicode text is kept with replacement characters. */
final class TextEncoder implements RawEncoder {

    private final StringEncoder strings = new StringEncoder();

    @Override
    public boolean encode(JsonCursor in, RowBuffer out) {
        if (strings.encode(in, out)) {
            return true;
        }
        var chars = in.text().toCharArray();
        for (int i = 0; i < chars.length; i++) {
            boolean first = i + 1 < chars.length && Character.isSurrogatePair(chars[i], chars[i + 1]);
            boolean second = i > 0 && Character.isSurrogatePair(chars[i - 1], chars[i]);
            if (Character.isSurrogate(chars[i]) && !first && !second) {
                chars[i] = '\uFFFD';
            }
        }
        return out.string(chars, 0, chars.length);
    }

    @Override
    public boolean encodeRaw(byte[] json, int from, int to, RowBuffer out) {
        return strings.encodeRaw(json, from, to, out);
    }

    @Override
    public boolean encodeDefault(RowBuffer out) {
        return strings.encodeDefault(out);
    }
}
