package dev.rookery.catalog;

import java.util.Optional;
import java.util.UUID;

/** The lasting id of a data source, pipe or connection. Clients see it as {@code t_} and 32 hexadecimal digits (JWT-9). */
public record ResourceId(UUID value) {
    private static final String PREFIX = "t_";

    /** Reads the text form clients send; empty when it is not an id at all, which a name never is mistaken for. */
    public static Optional<ResourceId> parse(String text) {
        if (text.length() != PREFIX.length() + 32 || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            long high = Long.parseUnsignedLong(text, 2, 18, 16);
            long low = Long.parseUnsignedLong(text, 18, 34, 16);
            return Optional.of(new ResourceId(new UUID(high, low)));
        } catch (NumberFormatException notHexadecimal) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return PREFIX + "%016x%016x".formatted(value.getMostSignificantBits(), value.getLeastSignificantBits());
    }
}
