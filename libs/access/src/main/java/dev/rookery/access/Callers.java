package dev.rookery.access;

import dev.rookery.access.jwt.JwtVerifier;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.tokens.StaticToken;
import dev.rookery.catalog.tokens.TokenCache;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Finds out who holds a token. Thread safe. */
public final class Callers {
    private final TokenCache tokens;
    private final JwtVerifier jwts;

    public Callers(TokenCache tokens, JwtVerifier jwts) {
        this.tokens = tokens;
        this.jwts = jwts;
    }

    /** The token a request carries: in a Bearer header or the query parameter {@code token} (TOK-2). */
    public Optional<String> tokenOf(HttpServletRequest request) {
        return RequestToken.of(request);
    }

    /** @throws ApiException 403 when the text is no token, or one that has expired, was refreshed or deleted */
    public Caller identify(String text) {
        if (JwtVerifier.isJwt(text)) {
            return new Caller.JwtHolder(jwts.verify(text));
        }
        Optional<StaticToken> found = tokens.find(text);
        StaticToken token = found.orElseThrow(() -> ApiException.forbidden(
                "Invalid authentication token: it is unknown here, or has been refreshed or deleted"));
        if (token.workspace() != null && token.user() != null && token.role() == null) {
            throw ApiException.forbidden(
                    "Invalid authentication token: its owner is no member of the workspace any more");
        }
        if (token.workspace() != null) {
            return new Caller.Tenant(token.workspace(), token);
        }
        if (token.user() == null) {
            throw new IllegalStateException("token %s belongs to nobody".formatted(token.id()));
        }
        return new Caller.Person(token.id(), token.user());
    }
}
