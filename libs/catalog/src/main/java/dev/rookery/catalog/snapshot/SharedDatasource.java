package dev.rookery.catalog.snapshot;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.workspaces.TenantPlace;

/**
 * A data source of another workspace that this one may read, as it is live there (SHR-1). Its quarantine is not shared
 * (SHR-2).
 *
 * @param owner whose it is
 * @param ownerName what stands before the dot in SQL
 * @param place where the owner's tables are
 */
public record SharedDatasource(WorkspaceId owner, String ownerName, TenantPlace place, DatasourceEntry entry) {
    /** The name it has here: {@code workspace.datasource}. */
    public String name() {
        return ownerName + "." + entry.name();
    }
}
