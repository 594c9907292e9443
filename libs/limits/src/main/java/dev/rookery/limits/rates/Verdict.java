package dev.rookery.limits.rates;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether one more request may come, and how it stands (LIM-26).
 *
 * @param allowed whether it was counted and may go on
 * @param limit how many requests the window holds
 * @param remaining how many of them are left
 * @param reset how long until the window is as good as new
 * @param retryAfter how long a refused client should wait; zero when it was allowed
 */
public record Verdict(boolean allowed, long limit, long remaining, Duration reset, Duration retryAfter) {
    /** The headers of the answer; whole seconds, for clients parse nothing else (client-contract.md 1, rule 9). */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-RateLimit-Limit", Long.toString(limit));
        headers.put("X-RateLimit-Remaining", Long.toString(remaining));
        headers.put("X-RateLimit-Reset", Long.toString(seconds(reset)));
        if (!allowed) {
            headers.put("Retry-After", Long.toString(Math.max(1, seconds(retryAfter))));
        }
        return headers;
    }

    /** Which share of the window is left, to find the tightest of several. */
    public double share() {
        return allowed ? (double) remaining / limit : -1;
    }

    private static long seconds(Duration duration) {
        return Math.ceilDiv(duration.toNanos(), Duration.ofSeconds(1).toNanos());
    }
}
