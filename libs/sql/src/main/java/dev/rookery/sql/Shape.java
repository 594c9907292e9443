package dev.rookery.sql;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The normalised token string of a statement. SHA-256 because a tenant who found a collision would skip the judge. */
final class Shape {

    private final String sql;
    private final byte[] bytes;
    private int length;

    private Shape(String sql, int tokens) {
        this.sql = sql;
        // No UTF-16 unit takes more than three bytes; a normalised literal can be longer than the text it stands for.
        this.bytes = new byte[3 * sql.length() + 4 * tokens];
    }

    static String of(LexedSql lexed, List<ReferenceSite> sites, boolean withSettings) {
        int[] objects = sites.stream().mapToInt(ReferenceSite::start).toArray();
        var shape = new Shape(lexed.text(), lexed.tokens().length);
        int object = 0;
        for (Token token : lexed.tokens()) {
            while (object < objects.length && objects[object] < token.start()) {
                object++;
            }
            boolean verbatim = withSettings || (object < objects.length && objects[object] == token.start());
            shape.add(token, verbatim);
        }
        return shape.hash();
    }

    private void add(Token token, boolean verbatim) {
        if (!verbatim && token.is(TokenType.STRING)) {
            bytes[length++] = (byte) (token.binary() ? 'x' : '\'');
            bytes[length++] = '\'';
        } else if (!verbatim && token.is(TokenType.NUMBER)) {
            bytes[length++] = '0';
        } else {
            copy(token.start(), token.end());
        }
        bytes[length++] = ' ';
    }

    private void copy(int start, int end) {
        for (int i = start; i < end; i++) {
            char c = sql.charAt(i);
            if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else {
                bytes[length++] = (byte) 0xFF;
                bytes[length++] = (byte) (c >> 8);
                bytes[length++] = (byte) c;
            }
        }
    }

    private String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(bytes, length)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
