package dev.rookery.catalog;

import java.util.UUID;

/** The id of a physical table or view. */
public record ObjectId(UUID value) {
    /** Reads the canonical text form; an {@link IllegalArgumentException} says that it is none. */
    public static ObjectId parse(String text) {
        return new ObjectId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
