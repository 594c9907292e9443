package dev.rookery.ingest.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One line of JSON in UTF-8 while it is written. Reused; one thread. */
final class JsonLine {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[4096];
    private int length;

    void clear() {
        length = 0;
        if (bytes.length > 1 << 20) {
            bytes = new byte[4096];
        }
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void append(int ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
    }

    void append(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    /** A JSON string, quotes included; false, with the line in any state, when the characters are no Unicode text. */
    boolean string(char[] chars, int from, int to) {
        append('"');
        boolean text = characters(chars, from, to, true);
        append('"');
        return text;
    }

    /** Characters that are JSON already, on one line; false when they are no Unicode text. */
    boolean raw(char[] chars, int from, int to) {
        return characters(chars, from, to, false);
    }

    private boolean characters(char[] chars, int from, int to, boolean escape) {
        for (int i = from; i < to; i++) {
            char c = chars[i];
            room(6);
            if (c < 0x80) {
                ascii(c, escape);
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xC0 | (c >> 6));
                bytes[length++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                bytes[length++] = (byte) (0xE0 | (c >> 12));
                bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[length++] = (byte) (0x80 | (c & 0x3F));
            } else if (i + 1 < to && Character.isSurrogatePair(c, chars[i + 1])) {
                int point = Character.toCodePoint(c, chars[++i]);
                bytes[length++] = (byte) (0xF0 | (point >> 18));
                bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                bytes[length++] = (byte) (0x80 | (point & 0x3F));
            } else {
                return false;
            }
        }
        return true;
    }

    private void ascii(char c, boolean escape) {
        if (!escape) {
            // Outside of strings, where valid JSON has no line breaks, they are white space.
            bytes[length++] = (byte) (c == '\n' || c == '\r' ? ' ' : c);
        } else if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (c >= ' ') {
            bytes[length++] = (byte) c;
        } else {
            append(new byte[] {'\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 0xF]});
        }
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
