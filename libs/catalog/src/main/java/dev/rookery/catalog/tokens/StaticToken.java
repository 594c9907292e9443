package dev.rookery.catalog.tokens;

import dev.rookery.catalog.TokenId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.workspaces.WorkspaceRole;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A static token as the catalog knows it, without its text.
 *
 * @param workspace the workspace it belongs to; null for a user token
 * @param user the user it acts for: the owner of a user token or of a personal workspace token
 * @param role the user's role in the workspace at the time of reading; null when there is no user, or no role any more
 */
public record StaticToken(
        TokenId id,
        @Nullable WorkspaceId workspace,
        @Nullable UserId user,
        @Nullable WorkspaceRole role,
        String name,
        String description,
        TokenOrigin origin,
        Set<Scope> scopes,
        Instant createdAt,
        Instant updatedAt) {
    public StaticToken {
        scopes = Set.copyOf(scopes);
    }

    /** Whether it has a scope of the type, on this resource where the type names one. */
    public boolean has(ScopeType type, String resource) {
        return scopes.contains(new Scope(type, resource));
    }

    /** Whether it has the scope, which must be of a type that names no resource. */
    public boolean has(ScopeType type) {
        return scopes.contains(Scope.of(type));
    }
}
