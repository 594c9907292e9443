package dev.rookery.access;

import dev.rookery.access.web.ClientParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Where clients put the token: a Bearer header or the query parameter {@code token} (TOK-2). */
final class RequestToken {
    private static final String BEARER = "Bearer ";

    private RequestToken() {}

    static Optional<String> of(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            String text = header.substring(BEARER.length()).strip();
            if (!text.isEmpty()) {
                return Optional.of(text);
            }
        }
        return ClientParameters.ofQuery(request).find("token");
    }
}
