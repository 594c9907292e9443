package dev.rookery.catalog.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encryption at rest: AES-256-GCM with a random 96-bit nonce. The place a value is stored in (table, row, tenant) is
 * authenticated with it, so that a ciphertext copied to another row does not open there. Thread safe.
 */
public final class Sealer {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyRing keys;
    private final KeyPurpose purpose;
    private final SecureRandom random;

    public Sealer(KeyRing keys, KeyPurpose purpose, SecureRandom random) {
        this.keys = keys;
        this.purpose = purpose;
        this.random = random;
    }

    /** @param place where the value will be stored; {@link #open} must name the same */
    public Sealed seal(String value, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        String keyId = keys.currentId();
        try {
            byte[] ciphertext =
                    cipher(Cipher.ENCRYPT_MODE, keyId, nonce, place).doFinal(value.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + ciphertext.length);
            System.arraycopy(ciphertext, 0, sealed, NONCE_BYTES, ciphertext.length);
            return new Sealed(keyId, sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every JDK", e);
        }
    }

    /**
     * @throws SealBrokenException when the value was sealed under another key or for another place, or was altered
     * @throws UnknownKeyException when its key is not configured
     */
    public String open(Sealed sealed, String place) {
        byte[] bytes = sealed.bytes();
        if (bytes.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new SealBrokenException(place, null);
        }
        try {
            byte[] value = cipher(Cipher.DECRYPT_MODE, sealed.keyId(), Arrays.copyOf(bytes, NONCE_BYTES), place)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return new String(value, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new SealBrokenException(place, e);
        }
    }

    private Cipher cipher(int mode, String keyId, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.key(keyId, purpose), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
