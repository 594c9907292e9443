package dev.rookery.catalog;

import java.util.UUID;

/** The id of a static token; part of the token's text. */
public record TokenId(UUID value) {
    /** Reads the canonical text form; an {@link IllegalArgumentException} says that it is none. */
    public static TokenId parse(String text) {
        return new TokenId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
