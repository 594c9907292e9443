package dev.rookery.catalog.keys;

/** What a key derived from a master key is for. Each purpose has a key of its own, so that one leaked key opens one door. */
public enum KeyPurpose {
    /** Finds a token by the keyed hash of its text. */
    TOKEN_LOOKUP("token-lookup"),
    /** Makes and checks the third part of a token's text. */
    TOKEN_TEXT("token-text"),
    /** Seals token texts for those who may read them back. */
    TOKEN_SEAL("token-seal"),
    /** Seals the values of secrets. */
    SECRET_SEAL("secret-seal"),
    /** Seals the passwords of the platform's own ClickHouse users. */
    CREDENTIAL_SEAL("credential-seal");

    private final String label;

    KeyPurpose(String label) {
        this.label = label;
    }

    byte[] info() {
        return ("rookery/v1/" + label).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
