package dev.rookery.controlplane;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.UserId;

/** What the control-plane's controllers ask of the caller of a request. */
public final class CallerContext {
    private CallerContext() {}

    /** @throws ApiException 403 when the token belongs to no workspace or may not do this there */
    public static Caller.Tenant tenant(Caller caller, Action action) {
        Caller.Tenant tenant = tenant(caller);
        Access.to(tenant, action).require();
        return tenant;
    }

    /** @throws ApiException 403 when the token belongs to no workspace */
    public static Caller.Tenant tenant(Caller caller) {
        return switch (caller) {
            case Caller.Tenant tenant -> tenant;
            case Caller.Person _ ->
                throw ApiException.forbidden(
                        "A user token does not work here: use a token of the workspace, such as its admin token");
            case Caller.JwtHolder _ -> throw ApiException.forbidden("A JWT does not work here: use a static token");
        };
    }

    /** @throws ApiException 403 when nobody in person stands behind the token */
    public static UserId user(Caller caller) {
        return caller.user()
                .orElseThrow(() -> ApiException.forbidden(
                        "This needs a user token: the token you sent belongs to a workspace, not to a person"));
    }

    /** @throws ApiException 403 when it is no user token (TOK-6), though a person may stand behind it */
    public static UserId person(Caller caller) {
        return switch (caller) {
            case Caller.Person person -> person.userId();
            case Caller.OfWorkspace _ ->
                throw ApiException.forbidden(
                        "This needs a user token: the token you sent belongs to a workspace, not to a person");
        };
    }
}
