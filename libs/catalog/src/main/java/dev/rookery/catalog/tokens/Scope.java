package dev.rookery.catalog.tokens;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import java.util.Arrays;

/**
 * One scope of a static token.
 *
 * @param resource the name of the data source or pipe; empty where the type names none
 */
public record Scope(ScopeType type, String resource) {
    /** A scope that names no resource. */
    public static Scope of(ScopeType type) {
        return new Scope(type, "");
    }

    /**
     * Reads {@code DATASOURCES:READ:events} and its like.
     *
     * @throws CatalogException of kind INVALID, saying what is wrong with it
     */
    public static Scope parse(String text) {
        String[] parts = text.strip().split(":", -1);
        int typeParts = parts.length > 1 ? 2 : 1;
        String typeText = typeParts == 2 ? parts[0] + ":" + parts[1] : parts[0];
        ScopeType type = ScopeType.parse(typeText)
                .orElseThrow(() -> new CatalogException(Kind.INVALID, "Unknown scope '%s'".formatted(text)));
        String resource = parts.length > typeParts ? parts[typeParts] : "";
        if (Arrays.stream(parts).skip(typeParts + 1L).anyMatch(part -> !part.isBlank())) {
            throw new CatalogException(
                    Kind.INVALID,
                    "The scope '%s' carries a filter, which static tokens do not support; use a JWT with a filter"
                            .formatted(text));
        }
        if (type.namesResource() == resource.isBlank()) {
            throw new CatalogException(
                    Kind.INVALID,
                    type.namesResource()
                            ? "The scope '%s' must name a resource: %s:<name>".formatted(text, type.text())
                            : "The scope '%s' takes no resource".formatted(text));
        }
        return new Scope(type, resource);
    }

    @Override
    public String toString() {
        return resource.isEmpty() ? type.text() : type.text() + ":" + resource;
    }
}
