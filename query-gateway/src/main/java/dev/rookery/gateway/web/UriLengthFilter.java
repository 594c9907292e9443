package dev.rookery.gateway.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 414 to a URL that is longer than allowed (GW-13), below what the container refuses with less to say. */
public final class UriLengthFilter extends OncePerRequestFilter {
    private static final byte[] BODY = "{\"error\":\"The URL is too long; send the parameters in the body of a POST\"}"
            .getBytes(StandardCharsets.UTF_8);

    private final long limit;

    /** @param limit in bytes of path and query, as they are sent */
    public UriLengthFilter(long limit) {
        this.limit = limit;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String query = request.getQueryString();
        long length = (long) request.getRequestURI().length() + (query == null ? 0 : 1 + query.length());
        if (length <= limit) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_REQUEST_URI_TOO_LONG);
        response.setContentType("application/json");
        response.getOutputStream().write(BODY);
    }
}
