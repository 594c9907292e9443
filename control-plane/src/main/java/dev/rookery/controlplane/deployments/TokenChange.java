package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.tokens.Scope;
import dev.rookery.catalog.tokens.ScopeType;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * How a deployment changes a token that TOKEN lines keep (TOK-9), as clients read it.
 *
 * @param changeType {@code new}, {@code changed} or {@code deleted}
 */
record TokenChange(String tokenName, String changeType, PermissionChanges permissionChanges) {
    record PermissionChanges(List<Permission> addedPermissions, List<Permission> removedPermissions) {}

    record Permission(String resourceName, String resourceType, String permission) {}

    static TokenChange of(String name, String type, Set<Scope> added, Set<Scope> removed) {
        return new TokenChange(name, type, new PermissionChanges(permissions(added), permissions(removed)));
    }

    private static List<Permission> permissions(Collection<Scope> scopes) {
        return scopes.stream()
                .map(scope -> new Permission(
                        scope.resource(),
                        scope.type() == ScopeType.PIPES_READ ? "pipe" : "datasource",
                        scope.type() == ScopeType.DATASOURCES_APPEND ? "APPEND" : "READ"))
                .sorted(java.util.Comparator.comparing(Permission::toString))
                .toList();
    }
}
