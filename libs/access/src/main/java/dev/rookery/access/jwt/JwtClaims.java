package dev.rookery.access.jwt;

import static dev.rookery.access.jwt.JwtVerifier.invalid;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.tokens.ScopeType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the claims of one JWT whose signature was good. What is not understood and would allow less is refused rather than
 * left out; scopes of other types allow nothing.
 */
record JwtClaims(JsonNode claims, Instant now, Duration skew) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_NAME = 200;

    /** The year 9999: clients that say milliseconds, or "for ever", mean no more than that. */
    private static final double LAST_SECOND = 253_402_300_799.0;

    Jwt read(WorkspaceId workspace) {
        Instant expires = expires();
        JsonNode name = claims.path("name");
        if (!name.isString()
                || name.stringValue().isBlank()
                || name.stringValue().length() > MAX_NAME) {
            throw invalid("the JWT has no 'name' of 1 to %d characters".formatted(MAX_NAME));
        }
        return new Jwt(workspace, name.stringValue(), expires, scopes(), requestsPerSecond());
    }

    private Instant expires() {
        JsonNode exp = claims.path("exp");
        if (!exp.isNumber()) {
            throw invalid("the JWT has no 'exp', the Unix time in seconds at which it expires");
        }
        Instant expires = time(exp.doubleValue());
        if (!now.isBefore(expires.plus(skew))) {
            throw invalid("the JWT has expired");
        }
        JsonNode notBefore = claims.path("nbf");
        if (notBefore.isNumber() && now.isBefore(time(notBefore.doubleValue()).minus(skew))) {
            throw invalid("the JWT is not valid yet");
        }
        return expires;
    }

    /** Fractions count: Python's {@code time.time()} has them (client-contract.md 1.1). */
    private static Instant time(double seconds) {
        return Instant.ofEpochMilli((long) (Math.clamp(seconds, 0.0, LAST_SECOND) * 1000));
    }

    private List<JwtScope> scopes() {
        JsonNode array = claims.path("scopes");
        if (!array.isArray()) {
            throw invalid("the JWT has no 'scopes'");
        }
        List<JwtScope> scopes = new ArrayList<>();
        array.forEach(node -> scope(node).ifPresent(scopes::add));
        return scopes;
    }

    private static Optional<JwtScope> scope(JsonNode node) {
        JsonNode type = node.path("type");
        Optional<ScopeType> known = type.isString() ? ScopeType.parse(type.stringValue()) : Optional.empty();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        return switch (known.get()) {
            case PIPES_READ -> {
                refuse(node, "filter", "a 'filter' is for DATASOURCES:READ");
                yield Optional.of(new JwtScope.ReadPipe(resource(node), fixedParams(node.path("fixed_params"))));
            }
            case DATASOURCES_READ -> {
                refuse(node, "fixed_params", "'fixed_params' are for PIPES:READ");
                yield Optional.of(new JwtScope.ReadDatasource(resource(node), filter(node.path("filter"))));
            }
            // JWTs only read.
            default -> Optional.empty();
        };
    }

    private static String resource(JsonNode scope) {
        JsonNode resource = scope.path("resource");
        if (!resource.isString() || resource.stringValue().isBlank()) {
            throw invalid("a scope of the JWT names no 'resource'");
        }
        return resource.stringValue();
    }

    @SuppressWarnings("unchecked") // a JSON object's keys are strings
    private static Map<String, @Nullable Object> fixedParams(JsonNode node) {
        if (isAbsent(node)) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw invalid("the 'fixed_params' of a scope are not an object");
        }
        return JSON.treeToValue(node, Map.class);
    }

    private static String filter(JsonNode node) {
        if (isAbsent(node)) {
            return "";
        }
        if (!node.isString()) {
            throw invalid("the 'filter' of a scope is not a text");
        }
        return node.stringValue().strip();
    }

    /** Somebody who put it there relies on it. */
    private static void refuse(JsonNode scope, String key, String why) {
        JsonNode node = scope.path(key);
        boolean empty = isAbsent(node) || (node.isString() && node.stringValue().isBlank()) || isEmptyContainer(node);
        if (!empty) {
            throw invalid("in a scope of the JWT " + why);
        }
    }

    private static boolean isEmptyContainer(JsonNode node) {
        return node.isContainer() && node.isEmpty();
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private OptionalDouble requestsPerSecond() {
        JsonNode limits = claims.path("limits");
        JsonNode rps = limits.path("rps");
        if (isAbsent(limits) || isAbsent(rps)) {
            return OptionalDouble.empty();
        }
        if (!rps.isNumber() || Double.isNaN(rps.doubleValue())) {
            throw invalid("the JWT's 'limits.rps' is not a number");
        }
        // JWT-12: nothing above 0 means no limit.
        return rps.doubleValue() > 0 ? OptionalDouble.of(rps.doubleValue()) : OptionalDouble.empty();
    }
}
