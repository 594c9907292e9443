package dev.rookery.gateway.web;

import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;

/** Callers that may query. */
public final class Tenants {
    private Tenants() {}

    /** @throws ApiException 403 for a user token, which belongs to no workspace (TOK-6) */
    public static Caller.OfWorkspace require(Caller caller) {
        return switch (caller) {
            case Caller.OfWorkspace member -> member;
            case Caller.Person person ->
                throw ApiException.forbidden("A user token cannot query; use a token of the workspace");
        };
    }
}
