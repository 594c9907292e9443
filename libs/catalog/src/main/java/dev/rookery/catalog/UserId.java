package dev.rookery.catalog;

import java.util.UUID;

/** The id of a user: a person with an e-mail address. */
public record UserId(UUID value) {
    /** Reads the canonical text form; an {@link IllegalArgumentException} says that it is none. */
    public static UserId parse(String text) {
        return new UserId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
