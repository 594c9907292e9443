package dev.rookery.catalog;

import java.util.UUID;

/** The id of a job. */
public record JobId(UUID value) {
    /** Reads the canonical text form; an {@link IllegalArgumentException} says that it is none. */
    public static JobId parse(String text) {
        return new JobId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
