package dev.rookery.gateway.query;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A query that ClickHouse refused or failed, in the tenant's words: nothing physical is in the message. */
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int MEMORY_LIMIT_EXCEEDED = 241;

    private final int code;
    private final HttpStatus status;

    QueryException(int code, HttpStatus status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.status = status;
    }

    /** ClickHouse's error code (GW-17); 0 when ClickHouse could not be reached. */
    public int code() {
        return code;
    }

    /** Whether it took too long or needed too much memory: what makes an endpoint one that fails (LIM-29). */
    public boolean isExhaustion() {
        return status == HttpStatus.REQUEST_TIMEOUT || code == MEMORY_LIMIT_EXCEEDED;
    }

    public HttpStatus status() {
        return status;
    }

    public String publicMessage() {
        return String.valueOf(getMessage());
    }

    /** What an operator needs; ClickHouse's own words stay out, for they quote the statement and its values. */
    public String forLogs() {
        Throwable cause = getCause();
        Throwable root = cause == null ? null : cause.getCause();
        return "ClickHouse code %d%s".formatted(code, root == null ? "" : ", " + root);
    }
}
