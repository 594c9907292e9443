package dev.rookery.engines;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Random passwords and keys. */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 20;

    private Secrets() {}

    /** A new secret of 40 hexadecimal digits (160 bits). */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
