package dev.rookery.catalog.snapshot;

import dev.rookery.catalog.OrganizationId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.secrets.WorkspaceSecrets;
import dev.rookery.catalog.workspaces.TenantPlace;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything a request needs to know of its workspace, read at one moment. A request takes one snapshot and uses it
 * throughout. Immutable.
 *
 * @param candidate the staged deployment, once its tables are ready
 * @param secrets what {@code tb_secret} reads
 * @param shared the data sources of other workspaces that this one may read, as {@code workspace.datasource}
 */
public record WorkspaceSnapshot(
        WorkspaceId id,
        String name,
        OrganizationId organization,
        TenantPlace place,
        DeploymentView live,
        @Nullable DeploymentView candidate,
        WorkspaceSecrets secrets,
        SortedMap<String, SharedDatasource> shared) {

    /**
     * The deployment a call with {@code __tb__deployment} means: {@code staging} or a number (DEP-14). A number keeps
     * working once the deployment has been promoted (DEP-15).
     *
     * @return empty when there is none of that name
     */
    public Optional<DeploymentView> select(@Nullable String selector) {
        if (selector == null || selector.isBlank()) {
            return Optional.of(live);
        }
        if (selector.equals("staging")) {
            return Optional.ofNullable(candidate);
        }
        if (selector.equals(Integer.toString(live.number()))) {
            return Optional.of(live);
        }
        return Optional.ofNullable(candidate).filter(view -> selector.equals(Integer.toString(view.number())));
    }
}
