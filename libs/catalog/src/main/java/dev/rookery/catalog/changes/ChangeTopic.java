package dev.rookery.catalog.changes;

import java.util.Locale;

/** What kind of thing a catalog change concerns. */
public enum ChangeTopic {
    /** A workspace's own row, its deployments and resources. */
    WORKSPACE,
    /** Tokens, their scopes, and the roles of their owners. */
    TOKENS,
    /** Clusters, replicas and credentials. */
    CLUSTERS;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ChangeTopic of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
