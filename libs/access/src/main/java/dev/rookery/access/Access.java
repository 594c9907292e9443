package dev.rookery.access;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.tokens.ScopeType;
import dev.rookery.catalog.tokens.StaticToken;
import java.util.stream.Collectors;

/**
 * One question to the access rules: may this caller do this, to this? Services ask once per resource and act on the
 * answer; nothing else in them compares scopes or roles.
 *
 * @param resource the name of the data source or pipe; empty where the action is about the workspace
 */
public record Access(Caller.Tenant caller, Action action, String resource) {
    /** About the workspace as a whole. */
    public static Access to(Caller.Tenant caller, Action action) {
        return new Access(caller, action, "");
    }

    /** Whether it is allowed. */
    public boolean allowed() {
        StaticToken token = caller.staticToken();
        if (token.user() != null) {
            // A personal token is worth what its owner's role is worth now; none when the membership has ended.
            return caller.role().map(action::allowedTo).orElse(false);
        }
        return token.has(ScopeType.ADMIN)
                || action.scopes().stream()
                        .anyMatch(type -> type.namesResource() ? token.has(type, resource) : token.has(type));
    }

    /** @throws ApiException 403 saying what the token lacks */
    public void require() {
        if (!allowed()) {
            throw ApiException.forbidden("The token '%s' has not enough permissions to %s%s%s"
                    .formatted(
                            caller.staticToken().name(),
                            action.words(),
                            resource.isEmpty() ? "" : " '" + resource + "'",
                            wanted()));
        }
    }

    private String wanted() {
        String scopes = action.scopes().stream()
                .map(type -> type.namesResource() ? type.text() + ":" + resource : type.text())
                .collect(Collectors.joining(" or "));
        return "; it needs the scope " + (scopes.isEmpty() ? "ADMIN" : scopes + " or ADMIN");
    }
}
