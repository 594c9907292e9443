package dev.rookery.access;

import dev.rookery.access.web.ApiException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Puts the caller into the security context; a request without a valid token is answered 403 (never 401, JWT-19). */
final class TokenFilter extends OncePerRequestFilter {
    private final Callers callers;
    private final HandlerExceptionResolver errors;
    private final boolean jwts;

    /** @param jwts whether JWTs are taken as well as static tokens */
    TokenFilter(Callers callers, HandlerExceptionResolver errors, boolean jwts) {
        this.callers = callers;
        this.errors = errors;
        this.jwts = jwts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            Optional<String> text = callers.tokenOf(request);
            Caller caller = callers.identify(text.orElseThrow(() -> ApiException.forbidden(
                    "Authentication is required: send a token in the header 'Authorization: Bearer <token>'"
                            + " or the query parameter 'token'")));
            if (caller instanceof Caller.JwtHolder && !jwts) {
                throw ApiException.forbidden(
                        "A JWT can only read API endpoints and query data sources; use a static token here");
            }
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new TokenAuthentication(caller));
            SecurityContextHolder.setContext(context);
        } catch (RuntimeException refused) {
            errors.resolveException(request, response, null, refused);
            return;
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
