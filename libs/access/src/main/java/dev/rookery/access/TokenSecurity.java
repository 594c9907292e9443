package dev.rookery.access;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Builds the security chain of a service: its own paths, each call with a token. Thread safe. */
public final class TokenSecurity {
    private final Callers callers;
    private final HandlerExceptionResolver errors;

    public TokenSecurity(Callers callers, HandlerExceptionResolver errors) {
        this.callers = callers;
        this.errors = errors;
    }

    /** A chain for these paths, where every call needs a static token. Chains of different services never overlap. */
    public SecurityFilterChain withToken(HttpSecurity http, String... paths) throws Exception {
        return withToken(http, false, paths);
    }

    /** The same for paths that only read, where a JWT does as well (JWT-13). */
    public SecurityFilterChain withTokenOrJwt(HttpSecurity http, String... paths) throws Exception {
        return withToken(http, true, paths);
    }

    private SecurityFilterChain withToken(HttpSecurity http, boolean jwts, String... paths) throws Exception {
        return stateless(http)
                .securityMatcher(paths)
                .addFilterBefore(new TokenFilter(callers, errors, jwts), AuthorizationFilter.class)
                .build();
    }

    /** The same, where a path alone does not tell whose a request is. */
    public SecurityFilterChain withToken(HttpSecurity http, RequestMatcher requests) throws Exception {
        return stateless(http)
                .securityMatcher(requests)
                .addFilterBefore(new TokenFilter(callers, errors, false), AuthorizationFilter.class)
                .build();
    }

    /** A chain for these paths, which anybody may call. */
    public SecurityFilterChain open(HttpSecurity http, String... paths) throws Exception {
        return stateless(http).securityMatcher(paths).build();
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.cacheControl(cache -> cache.disable()))
                .cors(cors -> {});
    }
}
