package dev.rookery.catalog;

import org.jspecify.annotations.Nullable;

/** The catalog refused or could not do what was asked; the message is fit for the client, the cause is not. */
public class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of answer it deserves. */
    public enum Kind {
        /** Something with that name or id does not exist. */
        NOT_FOUND,
        /** It exists already, or is in use. */
        CONFLICT,
        /** The request itself is at fault. */
        INVALID,
        /** This instance must not answer now: try again. */
        UNAVAILABLE
    }

    private final Kind kind;

    public CatalogException(Kind kind, String message) {
        this(kind, message, null);
    }

    public CatalogException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
