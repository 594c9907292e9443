package dev.rookery.catalog.tokens;

import dev.rookery.catalog.TokenId;
import dev.rookery.catalog.keys.KeyPurpose;
import dev.rookery.catalog.keys.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * The text of a static token: {@code p.<base64url JSON>.<HMAC>}. Clients decode the JSON part for {@code u} (the
 * workspace or user), {@code id} (the token) and {@code host} (the region), client-contract.md 1.1. The last part is our
 * own HMAC, so that a made-up token is refused without asking Postgres; it tells nothing about whether the token still
 * exists. Thread safe.
 */
public final class TokenText {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final KeyRing keys;
    private final SecureRandom random;

    public TokenText(KeyRing keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /** A new text for a token; each call gives another one, which is what refreshing a token means. */
    String create(UUID owner, TokenId id, String region) {
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        String json = "{\"u\": \"%s\", \"id\": \"%s\", \"host\": \"%s\", \"n\": \"%s\"}"
                .formatted(owner, id, region, ENCODER.encodeToString(nonce));
        String signed = "p." + ENCODER.encodeToString(json.getBytes(StandardCharsets.UTF_8));
        return signed + "." + signature(keys.currentId(), signed);
    }

    /** Whether the text was made by this installation. Constant time per key. */
    public boolean isOurs(String text) {
        int dot = text.lastIndexOf('.');
        if (!text.startsWith("p.") || dot < 3) {
            return false;
        }
        byte[] given = text.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        String signed = text.substring(0, dot);
        boolean ours = false;
        for (String keyId : keys.ids()) {
            ours |= MessageDigest.isEqual(signature(keyId, signed).getBytes(StandardCharsets.UTF_8), given);
        }
        return ours;
    }

    private String signature(String keyId, String signed) {
        return ENCODER.encodeToString(keys.mac(keyId, KeyPurpose.TOKEN_TEXT, signed));
    }
}
