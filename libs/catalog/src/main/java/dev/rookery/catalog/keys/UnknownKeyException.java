package dev.rookery.catalog.keys;

/** A row was written under a master key that is not configured here. */
public final class UnknownKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownKeyException(String keyId) {
        super("no master key with the id '%s' is configured; add it to rookery.keys".formatted(keyId));
    }
}
