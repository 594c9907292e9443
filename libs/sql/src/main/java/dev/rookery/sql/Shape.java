package dev.rookery.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * The normalised text of a statement as a key. Equal keys mean equal normalised texts, so that nobody can skip the judge by a
 * collision: a short text is the key itself, a long one its SHA-256.
 *
 * <p>The text stays as it is, but that blanks and comments between two tokens become one space, and each literal a mark that
 * no statement holds. What lies between two marks is read as the same tokens again, so that equal normalised texts have
 * equal tokens.
 */
final class Shape {

    /** One to three are no ASCII characters, nor are they a surrogate pair: valid texts hold none of them. */
    private static final int ASCII_MARK = 0x80;

    private static final int WIDE_MARK = 0xDC00;

    /** In bytes: what a cache can afford to hold, and what is cheaper to compare than to hash. */
    private static final int LONGEST_KEPT = 4_096;

    private Shape() {}

    static String of(LexedSql lexed, List<ReferenceSite> sites, boolean withSettings) {
        String sql = lexed.text();
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        boolean wide = text.length != sql.length();
        if (wide) {
            text = sql.getBytes(StandardCharsets.UTF_16BE);
        }
        int length = normalise(text, wide ? 1 : 0, lexed, sites, withSettings);
        return key(text, length, wide);
    }

    /**
     * Moves what remains to the front of the text: a space or mark takes no more room than what it stands for.
     *
     * @param shift binary logarithm of the bytes per character
     * @return the length of the result in bytes
     */
    private static int normalise(
            byte[] text, int shift, LexedSql lexed, List<ReferenceSite> sites, boolean withSettings) {
        Token[] tokens = lexed.tokens();
        int length = 0;
        int site = 0;
        int runStart = 0;
        for (int seam : lexed.seams()) {
            Token token = tokens[seam];
            if (token.is(TokenType.END)) {
                break;
            }
            int start = token.start();
            int runEnd = seam == 0 ? 0 : tokens[seam - 1].end();
            boolean literal = !withSettings && (token.is(TokenType.STRING) || token.is(TokenType.NUMBER));
            if (literal) {
                while (site < sites.size() && sites.get(site).start() < start) {
                    site++;
                }
                literal = site == sites.size() || sites.get(site).start() != start;
            }
            if (literal) {
                length = copy(text, runStart << shift, runEnd << shift, length);
                length = put(text, shift, length, mark(token) + (shift == 0 ? ASCII_MARK : WIDE_MARK));
                runStart = tokens[seam + 1].start();
            } else if (!follows(text, shift, runEnd, start)) {
                if (runStart < runEnd) {
                    length = copy(text, runStart << shift, runEnd << shift, length);
                    length = put(text, shift, length, ' ');
                }
                runStart = start;
            }
        }
        int end = tokens.length == 1 ? 0 : tokens[tokens.length - 2].end();
        return copy(text, runStart << shift, end << shift, length);
    }

    /** Directly, or after one space. */
    private static boolean follows(byte[] text, int shift, int end, int start) {
        return start == end
                || (start == end + 1 && text[(end << shift) + shift] == ' ' && (shift == 0 || text[end << shift] == 0));
    }

    private static int mark(Token token) {
        return token.type() == TokenType.NUMBER ? 0 : token.binary() ? 1 : 2;
    }

    private static int copy(byte[] text, int start, int end, int length) {
        if (start >= end) {
            return length;
        }
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

    /** The last character tells apart what the bytes are. */
    private static String key(byte[] text, int length, boolean wide) {
        byte[] kept = length <= LONGEST_KEPT ? Arrays.copyOf(text, length + 1) : hash(text, length);
        kept[kept.length - 1] = (byte) ((wide ? 1 : 0) + (length <= LONGEST_KEPT ? 0 : 2));
        return new String(kept, StandardCharsets.ISO_8859_1);
    }

    /** With room for one more byte. */
    private static byte[] hash(byte[] text, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(text, 0, length);
            return Arrays.copyOf(digest.digest(), digest.getDigestLength() + 1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
