package dev.rookery.catalog.deployments;

import java.util.Locale;

/** What a datafile describes. */
public enum ResourceKind {
    DATASOURCE,
    PIPE,
    CONNECTION;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ResourceKind of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
