package dev.rookery.catalog.tokens;

import java.util.Locale;

/** Who keeps a token. */
public enum TokenOrigin {
    /** The platform's own: the workspace admin token, personal tokens, user tokens. */
    BUILTIN,
    /** Made by a {@code TOKEN} line of a datafile, and kept by deployments (TOK-9). */
    DATAFILE,
    /** Made by a person through the API. */
    USER;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TokenOrigin of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
