package dev.rookery.controlplane.tokens;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.OrganizationId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.organizations.OrganizationRepository;
import dev.rookery.catalog.organizations.OrganizationRole;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.catalog.tokens.Scope;
import dev.rookery.catalog.tokens.ScopeType;
import dev.rookery.catalog.tokens.StaticToken;
import java.util.Collection;
import java.util.Objects;

/**
 * Who may do what with tokens. Nobody gets, by way of a token, what they could not do before: a token that may do
 * everything is for those who may (TOK-4), a person's own token for that person, and the organization's data for its
 * admins. Thread safe.
 */
final class TokenRules {
    private final OrganizationRepository organizations;
    private final WorkspaceSnapshots snapshots;

    TokenRules(OrganizationRepository organizations, WorkspaceSnapshots snapshots) {
        this.organizations = organizations;
        this.snapshots = snapshots;
    }

    /** Whether the caller may know the token's text, and change it. */
    boolean mayHandle(Caller.Tenant caller, StaticToken token) {
        if (!Access.to(caller, Action.MANAGE_TOKENS).allowed()) {
            return false;
        }
        if (token.user() != null) {
            // It opens what its owner may in every workspace, not in this one alone.
            return Objects.equals(caller.user().orElse(null), token.user());
        }
        return token.scopes().stream().allMatch(scope -> mayGrant(caller, scope));
    }

    /** An admin ends what nobody but others may know, too. */
    boolean mayEnd(Caller.Tenant caller, StaticToken token) {
        return mayHandle(caller, token)
                || (token.user() == null && Access.to(caller, Action.ADMINISTER).allowed());
    }

    /** The same for reading: any token may read about itself. */
    boolean mayRead(Caller.Tenant caller, StaticToken token) {
        return caller.staticToken().id().equals(token.id()) || mayHandle(caller, token);
    }

    /** @throws ApiException 403 naming the scope that the caller cannot give */
    void requireGrant(Caller.Tenant caller, Collection<Scope> scopes) {
        for (Scope scope : scopes) {
            if (!mayGrant(caller, scope)) {
                throw ApiException.forbidden(
                        scope.type() == ScopeType.ORG_DATASOURCES_READ
                                ? "Only the own token of an admin of the organization can give the scope "
                                        + scope.type().text()
                                : "Only an admin of the workspace can give the scope "
                                        + scope.type().text());
            }
        }
    }

    private boolean mayGrant(Caller.Tenant caller, Scope scope) {
        return switch (scope.type()) {
            case ADMIN -> Access.to(caller, Action.ADMINISTER).allowed();
            case ORG_DATASOURCES_READ ->
                Access.to(caller, Action.ADMINISTER).allowed()
                        && (caller.staticToken().has(ScopeType.ORG_DATASOURCES_READ)
                                || caller.user()
                                        .filter(user -> administersOrganization(user, caller))
                                        .isPresent());
            default -> true;
        };
    }

    private boolean administersOrganization(UserId user, Caller.Tenant caller) {
        OrganizationId organization = snapshots.get(caller.workspace()).organization();
        return organizations
                .findById(organization.value())
                .flatMap(found -> found.roleOf(user))
                .filter(OrganizationRole.ADMIN::equals)
                .isPresent();
    }
}
