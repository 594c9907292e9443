package dev.rookery.catalog.deployments;

import java.util.Locale;

/** Where a deployment stands, in the words clients know (client-contract.md 2.1). */
public enum DeploymentStatus {
    CALCULATING,
    CREATING_SCHEMA,
    SCHEMA_READY,
    /** Staged, or live. */
    DATA_READY,
    FAILED,
    DELETING,
    DELETED;

    /** The status as clients read it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeploymentStatus of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
