package dev.rookery.access;

import dev.rookery.access.jwt.Jwt;
import dev.rookery.access.jwt.JwtScope;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.tokens.ScopeType;
import dev.rookery.catalog.tokens.StaticToken;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One question to the access rules: may this caller do this, to this? Services ask once per resource and act on the
 * answer; nothing else in them compares scopes or roles.
 *
 * @param resource the name of the data source or pipe; empty where the action is about the workspace
 * @param resourceId its id, by which JWTs may name it too (JWT-9); empty where the caller cannot hold one
 */
public record Access(Caller.OfWorkspace caller, Action action, String resource, String resourceId) {
    public Access(Caller.OfWorkspace caller, Action action, String resource) {
        this(caller, action, resource, "");
    }

    /** About the workspace as a whole. */
    public static Access to(Caller.OfWorkspace caller, Action action) {
        return new Access(caller, action, "");
    }

    /** Whether it is allowed. */
    public boolean allowed() {
        return switch (caller) {
            case Caller.Tenant tenant -> allowed(tenant);
            case Caller.JwtHolder holder -> allowed(holder.jwt());
        };
    }

    private boolean allowed(Caller.Tenant tenant) {
        StaticToken token = tenant.staticToken();
        if (token.user() != null) {
            // A personal token is worth what its owner's role is worth now; none when the membership has ended.
            return tenant.role().map(action::allowedTo).orElse(false);
        }
        return token.has(ScopeType.ADMIN)
                || action.scopes().stream()
                        .anyMatch(type -> type.namesResource() ? token.has(type, resource) : token.has(type));
    }

    private boolean allowed(Jwt jwt) {
        return jwt.scopes().stream().anyMatch(scope -> switch (scope) {
            case JwtScope.ReadPipe pipe -> action == Action.READ_PIPE && pipe.names(resource, resourceId);
            case JwtScope.ReadDatasource datasource ->
                action == Action.READ_DATASOURCE && datasource.names(resource, resourceId);
        });
    }

    /** @throws ApiException 403 saying what the token lacks */
    public void require() {
        if (!allowed()) {
            throw refusal();
        }
    }

    /** 403 saying what the token lacks. */
    public ApiException refusal() {
        return ApiException.forbidden("The token '%s' has not enough permissions to %s%s%s"
                .formatted(
                        caller.tokenName(), action.words(), resource.isEmpty() ? "" : " '" + resource + "'", wanted()));
    }

    private String wanted() {
        if (caller instanceof Caller.JwtHolder) {
            return switch (action) {
                case READ_PIPE -> "; its JWT needs the scope PIPES:READ for it";
                case READ_DATASOURCE -> "; its JWT needs the scope DATASOURCES:READ for it";
                default -> "; a JWT can only read endpoints and data sources";
            };
        }
        List<ScopeType> types = action.scopes();
        String scopes = types.stream()
                .map(type -> type.namesResource() ? type.text() + ":" + resource : type.text())
                .collect(Collectors.joining(" or "));
        return "; it needs the scope " + (scopes.isEmpty() ? "ADMIN" : scopes + " or ADMIN");
    }
}
