package dev.rookery.catalog.clusters;

import java.util.Locale;

/** Which of the platform's own users of a cluster is meant. */
public enum ClusterPurpose {
    /** Creates and drops what tenants deploy. */
    ADMIN,
    /** Inserts. */
    WRITER,
    /** Reads on behalf of tenants, under the tenant's role. */
    GATEWAY;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
