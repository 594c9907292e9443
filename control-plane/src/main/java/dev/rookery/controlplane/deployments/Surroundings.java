package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.snapshot.SharedDatasource;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.sql.FinalReference;
import dev.rookery.sql.RewrittenSql;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a project may use that is in none of its files.
 *
 * @param shared data sources of other workspaces, by {@code workspace.datasource}
 * @param secrets what {@code tb_secret} reads
 */
record Surroundings(Map<String, SharedDatasource> shared, Function<String, Optional<String>> secrets) {
    static Surroundings of(WorkspaceSnapshot workspace) {
        return new Surroundings(workspace.shared(), workspace.secrets()::value);
    }

    Optional<SharedDatasource> shared(String workspace, String name) {
        return Optional.ofNullable(shared.get(workspace + "." + name));
    }

    /** The names of the workspaces that share something. */
    Set<String> owners() {
        return shared.values().stream().map(SharedDatasource::ownerName).collect(Collectors.toSet());
    }

    /** The tenant's role, and those of the workspaces whose shared data sources the statement reads; no others. */
    String roles(TenantPlace own, RewrittenSql sql) {
        Set<String> databases =
                sql.references().stream().map(FinalReference::database).collect(Collectors.toSet());
        return String.join(ClickHouseRequest.ROLE_SEPARATOR, SharedDatasource.roles(own, shared.values(), databases));
    }
}
