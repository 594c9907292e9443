package dev.rookery.catalog.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The installation's master keys by id, and the keys derived from them by HKDF-SHA256, one per {@link KeyPurpose}. New
 * rows use the current key; rows written under an older one name its id and stay readable while it is configured.
 * Thread safe.
 */
public final class KeyRing {
    private static final int MASTER_KEY_BYTES = 32;

    private final String currentId;
    private final Map<String, Map<KeyPurpose, SecretKey>> derived;

    /**
     * @param currentId the id of the key for new rows
     * @param masterKeys 32 random bytes per key id
     * @throws IllegalArgumentException when a key is not 32 bytes long, or the current id has none
     */
    public KeyRing(String currentId, Map<String, byte[]> masterKeys) {
        if (!masterKeys.containsKey(currentId)) {
            throw new IllegalArgumentException("there is no master key with the id '%s'".formatted(currentId));
        }
        this.currentId = currentId;
        this.derived = new LinkedHashMap<>();
        masterKeys.forEach((id, key) -> derived.put(id, deriveAll(id, key)));
    }

    /** The id of the key that new rows are written under. */
    public String currentId() {
        return currentId;
    }

    /** Every configured key id, for look-ups that do not know which key a row was written under. */
    public Set<String> ids() {
        return derived.keySet();
    }

    /** HMAC-SHA256 of the text under the purpose's key: 32 bytes. */
    public byte[] mac(String keyId, KeyPurpose purpose, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key(keyId, purpose));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }

    SecretKey key(String keyId, KeyPurpose purpose) {
        Map<KeyPurpose, SecretKey> keys = derived.get(keyId);
        SecretKey key = keys == null ? null : keys.get(purpose);
        if (key == null) {
            throw new UnknownKeyException(keyId);
        }
        return key;
    }

    private static Map<KeyPurpose, SecretKey> deriveAll(String id, byte[] masterKey) {
        if (masterKey.length != MASTER_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the master key '%s' has %d bytes instead of %d".formatted(id, masterKey.length, MASTER_KEY_BYTES));
        }
        Map<KeyPurpose, SecretKey> keys = new EnumMap<>(KeyPurpose.class);
        for (KeyPurpose purpose : KeyPurpose.values()) {
            keys.put(purpose, derive(masterKey, purpose));
        }
        return keys;
    }

    private static SecretKey derive(byte[] masterKey, KeyPurpose purpose) {
        try {
            var parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(new SecretKeySpec(masterKey, "Generic"))
                    .thenExpand(purpose.info(), MASTER_KEY_BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("HKDF-SHA256 is part of JDK 25", e);
        }
    }
}
