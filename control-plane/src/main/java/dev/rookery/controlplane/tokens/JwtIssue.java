package dev.rookery.controlplane.tokens;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.jwt.JwtSigner;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.tokens.Scope;
import dev.rookery.catalog.tokens.ScopeType;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.sql.SqlException;
import dev.rookery.sql.SqlFilter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Signs JWTs for those who do not want to (JWT-16). They are stored nowhere (JWT-1). Thread safe. */
final class JwtIssue {
    private static final int MAX_NAME = 200;

    private final TokenStore tokens;
    private final InstantSource clock;

    JwtIssue(TokenStore tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * A JWT for these scopes.
     *
     * @throws ApiException 400 when the gateway would refuse it, 403 when the caller may not manage tokens
     */
    String sign(Caller.Tenant caller, TokenRequest request) {
        Access.to(caller, Action.MANAGE_TOKENS).require();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("workspace_id", caller.workspace().toString());
        claims.put("name", name(request));
        claims.put("exp", expiration(request));
        claims.put("scopes", scopes(request));
        request.limits().ifPresent(limits -> claims.put("limits", limits(limits)));
        byte[] key = tokens.jwtKey(caller.workspace())
                .orElseThrow(() -> new IllegalStateException("workspace %s has no key".formatted(caller.workspace())));
        return JwtSigner.sign(claims, key);
    }

    private static String name(TokenRequest request) {
        return request.name()
                .filter(name -> name.length() <= MAX_NAME)
                .orElseThrow(() -> ApiException.badRequest(
                        "The parameter 'name' must have 1 to %d characters".formatted(MAX_NAME)));
    }

    /** Whole seconds stay whole, for clients that read the JWT. */
    private Number expiration(TokenRequest request) {
        String text = request.expiration().orElse("");
        double seconds;
        try {
            seconds = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("The expiration_time is a Unix time in seconds");
        }
        if (!Double.isFinite(seconds) || seconds * 1000 <= clock.instant().toEpochMilli()) {
            throw ApiException.badRequest("The expiration_time must be in the future, as a Unix time in seconds");
        }
        if (seconds == Math.rint(seconds) && seconds < Long.MAX_VALUE) {
            return (long) seconds;
        }
        return seconds;
    }

    private static List<Map<String, Object>> scopes(TokenRequest request) {
        List<Map<String, Object>> scopes = new ArrayList<>();
        for (String text : request.scopes()) {
            Scope scope = Scope.parse(text);
            scopes.add(scope(scope.type(), scope.resource()));
        }
        request.scopeObjects().forEach(object -> scopes.add(scope(object)));
        if (scopes.isEmpty()) {
            throw ApiException.badRequest("The JWT needs 'scopes': objects with 'type' and 'resource'");
        }
        return scopes;
    }

    private static Map<String, Object> scope(ScopeType type, String resource) {
        if (type != ScopeType.PIPES_READ && type != ScopeType.DATASOURCES_READ) {
            throw ApiException.badRequest("JWTs have the scopes PIPES:READ and DATASOURCES:READ, not " + type.text());
        }
        if (resource.isBlank()) {
            throw ApiException.badRequest("The scope %s must name its 'resource'".formatted(type.text()));
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("type", type.text());
        claims.put("resource", resource);
        return claims;
    }

    private static Map<String, Object> scope(JsonNode object) {
        String typeText = object.path("type").asString("");
        ScopeType type = ScopeType.parse(typeText)
                .orElseThrow(() -> ApiException.badRequest("Unknown scope type '%s'".formatted(typeText)));
        Map<String, Object> claims = scope(type, object.path("resource").asString(""));
        JsonNode fixed = object.path("fixed_params");
        if (!isNothing(fixed)) {
            if (type != ScopeType.PIPES_READ || !fixed.isObject()) {
                throw ApiException.badRequest("'fixed_params' is an object, in a scope PIPES:READ");
            }
            claims.put("fixed_params", fixed);
        }
        JsonNode filter = object.path("filter");
        if (!isNothing(filter)) {
            if (type != ScopeType.DATASOURCES_READ || !filter.isString()) {
                throw ApiException.badRequest("'filter' is a condition in SQL, in a scope DATASOURCES:READ");
            }
            requireCondition(filter.stringValue());
            claims.put("filter", filter.stringValue());
        }
        return claims;
    }

    private static void requireCondition(String filter) {
        try {
            SqlFilter.parse(filter);
        } catch (SqlException e) {
            throw ApiException.badRequest("The filter '%s' is no condition: %s".formatted(filter, e.getMessage()));
        }
    }

    /** Clients send what they have nothing to say about as null, empty text or empty object. */
    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || (node.isString() && node.stringValue().isBlank())
                || (node.isContainer() && node.isEmpty());
    }

    private static JsonNode limits(JsonNode limits) {
        JsonNode rps = limits.path("rps");
        if (!limits.isObject() || !(rps.isMissingNode() || rps.isNull() || rps.isNumber())) {
            throw ApiException.badRequest("'limits' is an object such as {\"rps\": 10}");
        }
        return limits;
    }
}
