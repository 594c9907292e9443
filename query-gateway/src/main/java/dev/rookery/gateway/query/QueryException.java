package dev.rookery.gateway.query;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A query that ClickHouse refused or failed, in the tenant's words: nothing physical is in the message. */
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

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

    public HttpStatus status() {
        return status;
    }

    public String publicMessage() {
        return String.valueOf(getMessage());
    }
}
