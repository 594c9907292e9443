package dev.rookery.ingest.files;

import dev.rookery.access.web.ApiException;
import java.util.Locale;

/** What becomes of the rows that are there (DS-6). */
enum LoadMode {
    /** As an append: data sources are created by deployments alone. */
    CREATE,
    APPEND,
    REPLACE;

    /** @throws ApiException 400 when there is no such mode */
    static LoadMode parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "create" -> CREATE;
            case "append" -> APPEND;
            case "replace" -> REPLACE;
            default ->
                throw ApiException.badRequest(
                        "The mode '%s' is not known; use append, replace or create".formatted(text));
        };
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
