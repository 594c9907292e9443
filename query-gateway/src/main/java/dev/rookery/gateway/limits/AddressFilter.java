package dev.rookery.gateway.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps one address from taking all of an instance (LIM-27): beyond its share of requests under way the next one is
 * answered 429, before anything is read of it. Thread safe.
 */
public final class AddressFilter extends OncePerRequestFilter {
    private final int limit;
    private final boolean json;
    private final ConcurrentHashMap<String, Integer> underWay = new ConcurrentHashMap<>();

    /**
     * @param limit how many requests an address may have under way; 0 for any number
     * @param json whether the refusal is JSON, or text as ClickHouse writes it
     */
    public AddressFilter(int limit, boolean json) {
        this.limit = limit;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return limit == 0;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String address = request.getRemoteAddr();
        int now = underWay.merge(address, 1, Integer::sum);
        try {
            if (now > limit) {
                refuse(response);
            } else {
                chain.doFilter(request, response);
            }
        } finally {
            underWay.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    private void refuse(HttpServletResponse response) throws IOException {
        String message = "Too many requests: more than %d at the same time from one address".formatted(limit);
        response.setStatus(429);
        response.setHeader("Retry-After", "1");
        response.setContentType(json ? "application/json" : "text/plain; charset=UTF-8");
        String body = json ? "{\"error\":\"" + message + "\"}" : "Code: 202. DB::Exception: " + message + "\n";
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
}
