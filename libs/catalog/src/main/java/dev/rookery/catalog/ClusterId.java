package dev.rookery.catalog;

import java.util.UUID;

/** The id of a ClickHouse cluster. */
public record ClusterId(UUID value) {
    /** Reads the canonical text form; an {@link IllegalArgumentException} says that it is none. */
    public static ClusterId parse(String text) {
        return new ClusterId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
