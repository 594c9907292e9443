package dev.rookery.catalog.deployments;

import java.util.Locale;

/** How a deployment changes a resource against the one that was live when it was made. */
public record ResourceChange(ResourceKind kind, String name, Change change) {
    /** The kinds of change. */
    public enum Change {
        NEW,
        CHANGED,
        DELETED;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Change of(String column) {
            return valueOf(column.toUpperCase(Locale.ROOT));
        }
    }
}
