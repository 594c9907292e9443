package dev.rookery.catalog.snapshot;

import dev.rookery.catalog.DeploymentId;
import dev.rookery.catalog.ResourceId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a deployment serves. Immutable; one instance per deployment and version, so that what services compile from an
 * entry may be cached by the entry's identity.
 *
 * @param number what clients call the deployment's id
 */
public record DeploymentView(
        DeploymentId id,
        int number,
        SortedMap<String, DatasourceEntry> datasources,
        SortedMap<String, PipeEntry> pipes,
        SortedMap<String, ConnectionEntry> connections,
        Map<ResourceId, String> names) {

    /** A data source by name or id. */
    public Optional<DatasourceEntry> datasource(String nameOrId) {
        return Optional.ofNullable(datasources.get(nameOf(nameOrId)));
    }

    /** A pipe by name or id. */
    public Optional<PipeEntry> pipe(String nameOrId) {
        return Optional.ofNullable(pipes.get(nameOf(nameOrId)));
    }

    /** A connection by name or id. */
    public Optional<ConnectionEntry> connection(String nameOrId) {
        return Optional.ofNullable(connections.get(nameOf(nameOrId)));
    }

    private String nameOf(String nameOrId) {
        return ResourceId.parse(nameOrId)
                .map(id -> names.getOrDefault(id, nameOrId))
                .orElse(nameOrId);
    }
}
