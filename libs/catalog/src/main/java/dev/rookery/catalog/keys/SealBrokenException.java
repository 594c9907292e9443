package dev.rookery.catalog.keys;

import org.jspecify.annotations.Nullable;

/** A stored value does not open: the master key is not the one it was sealed under, or the row was tampered with. */
public final class SealBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealBrokenException(String place, @Nullable Throwable cause) {
        super(
                "the value stored at %s does not open: the master key is not the one it was written with"
                        .formatted(place),
                cause);
    }
}
