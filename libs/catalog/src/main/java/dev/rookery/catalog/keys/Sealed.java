package dev.rookery.catalog.keys;

/** A sealed value as it is stored: the id of its master key, and nonce, ciphertext and tag in one. */
public record Sealed(String keyId, byte[] bytes) {}
