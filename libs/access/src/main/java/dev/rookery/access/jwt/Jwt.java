package dev.rookery.access.jwt;

import dev.rookery.catalog.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a JWT says whose signature was good (JWT-4 to JWT-12). Immutable.
 *
 * @param name names the holder for usage records, and the counter of its requests; not unique
 * @param expires the end of its life, to the millisecond
 * @param scopes what it may read; nothing else
 * @param requestsPerSecond the limit that all JWTs of this name share; empty for none, else above 0
 */
public record Jwt(
        WorkspaceId workspace, String name, Instant expires, List<JwtScope> scopes, OptionalDouble requestsPerSecond) {
    public Jwt {
        scopes = List.copyOf(scopes);
    }
}
