package dev.rookery.catalog.workspaces;

import dev.rookery.catalog.ClusterId;

/**
 * Where a workspace's data lives: a cluster and the workspace's number there. Database and role names follow from the
 * number, so that roles can be provisioned before the tenant exists.
 *
 * @param slot 1 to 9,999,999
 */
public record TenantPlace(ClusterId cluster, int slot) {
    /** The tenant's ClickHouse database. */
    public String database() {
        return "ws_%04d".formatted(slot);
    }

    /** The ClickHouse role that may read the tenant's database and nothing else. */
    public String role() {
        return "r%04d".formatted(slot);
    }
}
