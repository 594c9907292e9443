package dev.rookery.catalog.snapshot;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.workspaces.TenantPlace;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A data source of another workspace that this one may read, as it is live there (SHR-1). Its quarantine is not shared
 * (SHR-2).
 *
 * @param owner whose it is
 * @param ownerName what stands before the dot in SQL
 * @param place where the owner's tables are
 */
public record SharedDatasource(WorkspaceId owner, String ownerName, TenantPlace place, DatasourceEntry entry) {
    /**
     * The roles that a statement runs under: the tenant's, and those of the workspaces whose shared data sources it reads;
     * no others.
     *
     * @param databases those that the statement names
     */
    public static List<String> roles(
            TenantPlace own, Collection<SharedDatasource> shared, Collection<String> databases) {
        return Stream.concat(
                        Stream.of(own),
                        shared.stream()
                                .map(SharedDatasource::place)
                                .filter(place -> databases.contains(place.database())))
                .map(TenantPlace::role)
                .distinct()
                .toList();
    }

    /** The name it has here: {@code workspace.datasource}. */
    public String name() {
        return ownerName + "." + entry.name();
    }
}
