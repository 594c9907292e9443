package dev.rookery.access.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An answer other than success, with words for the client that say what to change. The cause stays inside.
 */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final transient List<?> errors;
    private final transient Map<String, String> headers;

    private ApiException(
            HttpStatus status, String message, List<?> errors, Map<String, String> headers, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    public ApiException(HttpStatus status, String message) {
        this(status, message, List.of(), Map.of(), null);
    }

    public ApiException(HttpStatus status, String message, Throwable cause) {
        this(status, message, List.of(), Map.of(), cause);
    }

    /** 400: the request is at fault. */
    public static ApiException badRequest(String message) {
        return new ApiException(HttpStatus.BAD_REQUEST, message);
    }

    /** 403: the token does not allow it, or is none (never 401, JWT-19). */
    public static ApiException forbidden(String message) {
        return new ApiException(HttpStatus.FORBIDDEN, message);
    }

    /** 404: there is nothing of that name. */
    public static ApiException notFound(String message) {
        return new ApiException(HttpStatus.NOT_FOUND, message);
    }

    /** 409: it exists already, or something else is in the way. */
    public static ApiException conflict(String message) {
        return new ApiException(HttpStatus.CONFLICT, message);
    }

    /** 413: the body is larger than allowed. */
    public static ApiException tooLarge(String message) {
        return new ApiException(HttpStatus.CONTENT_TOO_LARGE, message);
    }

    /** The same with a list of single errors for clients that show them. */
    public ApiException withErrors(List<?> list) {
        return new ApiException(status, publicMessage(), list, headers, getCause());
    }

    /** The same with one more response header. */
    public ApiException withHeader(String name, String value) {
        var more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new ApiException(status, publicMessage(), errors, more, getCause());
    }

    public HttpStatus status() {
        return status;
    }

    public String publicMessage() {
        return String.valueOf(getMessage());
    }

    public List<?> errors() {
        return errors;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
