package dev.rookery.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The normalised text of a statement, hashed. SHA-256 because a tenant who found a collision would skip the judge; it takes
 * half of the time, and bringing the text into its normal form the other half.
 *
 * <p>The text stays as it is, but that blanks and comments between two tokens become one space, and each literal a mark that
 * no statement holds. What lies between two marks is read as the same tokens again, so that equal normalised texts have
 * equal tokens.
 */
final class Shape {

    /** One to three are no ASCII characters, nor are they a surrogate pair: valid texts hold none of them. */
    private static final int ASCII_MARK = 0x80;

    private static final int WIDE_MARK = 0xDC00;

    private Shape() {}

    static String of(LexedSql lexed, List<ReferenceSite> sites, boolean withSettings) {
        String sql = lexed.text();
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        boolean wide = text.length != sql.length();
        if (wide) {
            text = sql.getBytes(StandardCharsets.UTF_16BE);
        }
        int length = normalise(text, wide ? 1 : 0, lexed.tokens(), sites, withSettings);
        return hash(text, length, wide);
    }

    /**
     * Moves what remains to the front of the text: a space or mark takes no more room than what it stands for.
     *
     * @param shift binary logarithm of the bytes per character
     * @return the length of the result in bytes
     */
    private static int normalise(
            byte[] text, int shift, Token[] tokens, List<ReferenceSite> sites, boolean withSettings) {
        int length = 0;
        int site = 0;
        int runStart = 0;
        int runEnd = 0;
        for (Token token : tokens) {
            int start = token.start();
            TokenType type = token.type();
            if (type == TokenType.END) {
                break;
            }
            if (!withSettings && (type == TokenType.STRING || type == TokenType.NUMBER)) {
                while (site < sites.size() && sites.get(site).start() < start) {
                    site++;
                }
                if (site == sites.size() || sites.get(site).start() != start) {
                    length = copy(text, runStart << shift, runEnd << shift, length);
                    length = put(text, shift, length, mark(token) + (shift == 0 ? ASCII_MARK : WIDE_MARK));
                    runStart = token.end();
                    runEnd = runStart;
                    continue;
                }
            }
            if (start > runEnd && !(start == runEnd + 1 && isSpace(text, shift, runEnd))) {
                if (runStart < runEnd) {
                    length = copy(text, runStart << shift, runEnd << shift, length);
                    length = put(text, shift, length, ' ');
                }
                runStart = start;
            }
            runEnd = token.end();
        }
        return copy(text, runStart << shift, runEnd << shift, length);
    }

    private static boolean isSpace(byte[] text, int shift, int at) {
        return text[(at << shift) + shift] == ' ' && (shift == 0 || text[at << shift] == 0);
    }

    private static int mark(Token token) {
        return token.type() == TokenType.NUMBER ? 0 : token.binary() ? 1 : 2;
    }

    private static int copy(byte[] text, int start, int end, int length) {
        System.arraycopy(text, start, text, length, end - start);
        return length + end - start;
    }

    private static int put(byte[] text, int shift, int length, int character) {
        if (shift == 1) {
            text[length] = (byte) (character >> 8);
        }
        text[length + shift] = (byte) character;
        return length + 1 + shift;
    }

    private static String hash(byte[] text, int length, boolean wide) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(text, 0, length);
            digest.update((byte) (wide ? 2 : 1));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
