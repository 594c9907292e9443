package dev.rookery.sql;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads ClickHouse's quoted text and writes it back in pure ASCII, so that there is one way to read it (rule 13). */
final class Quoting {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Quoting() {}

    /** A back-ticked identifier. */
    static String identifier(String name) {
        return quote(name.getBytes(StandardCharsets.UTF_8), '`');
    }

    static String literal(String value) {
        return quote(value.getBytes(StandardCharsets.UTF_8), '\'');
    }

    static String quote(byte[] value, char quote) {
        var result = new StringBuilder(value.length + 2).append(quote);
        for (byte unit : value) {
            char c = (char) (unit & 0xFF);
            if (c == quote || c == '\\') {
                result.append('\\').append(c);
            } else if (c >= 0x20 && c < 0x7F) {
                result.append(c);
            } else {
                result.append("\\x").append(HEX.toHexDigits(unit));
            }
        }
        return result.append(quote).toString();
    }

    /** The text of these bytes, or null if they are not UTF-8. */
    static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    /** Whether the character can stand in quoted text that is passed on as it is. */
    static boolean isPlain(char c) {
        return c >= 0x20 && c < 0x7F && c != '\\';
    }

    /**
     * The bytes that ClickHouse reads between the quotes.
     *
     * @throws SqlException on an escape that ClickHouse would refuse
     */
    static byte[] unescape(String sql, int start, int end, char quote) {
        var bytes = new ByteArrayOutputStream(end - start);
        int i = start;
        while (i < end) {
            char c = sql.charAt(i);
            if (c == quote) {
                bytes.write(quote);
                i += 2;
            } else if (c == '\\') {
                i = escape(sql, i + 1, end, bytes);
            } else {
                int point = sql.codePointAt(i);
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(point);
            }
        }
        return bytes.toByteArray();
    }

    private static int escape(String sql, int at, int end, ByteArrayOutputStream bytes) {
        char c = sql.charAt(at);
        switch (c) {
            case 'a' -> bytes.write(7);
            case 'b' -> bytes.write('\b');
            case 'e' -> bytes.write(27);
            case 'f' -> bytes.write('\f');
            case 'n' -> bytes.write('\n');
            case 'r' -> bytes.write('\r');
            case 't' -> bytes.write('\t');
            case 'v' -> bytes.write(11);
            case '0' -> bytes.write(0);
            case '\\', '\'', '"', '`', '/', '=' -> bytes.write(c);
            case 'N' -> {
                // ClickHouse reads nothing here.
            }
            case 'x' -> {
                if (at + 2 >= end
                        || !HexFormat.isHexDigit(sql.charAt(at + 1))
                        || !HexFormat.isHexDigit(sql.charAt(at + 2))) {
                    throw SqlException.at(sql, at - 1, "\\x needs two hexadecimal digits");
                }
                bytes.write(HexFormat.fromHexDigits(sql, at + 1, at + 3));
                return at + 3;
            }
            default -> {
                // The backslash stays; the character after it is read like any other.
                bytes.write('\\');
                return at;
            }
        }
        return at + 1;
    }
}
