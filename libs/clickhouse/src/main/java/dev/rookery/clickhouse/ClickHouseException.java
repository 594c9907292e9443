package dev.rookery.clickhouse;

import org.jspecify.annotations.Nullable;

/**
 * ClickHouse refused or failed a statement, or could not be reached. The message is ClickHouse's own: it may name
 * physical tables, and must be put into the tenant's words before it leaves the platform.
 */
public final class ClickHouseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The code of failures that are not ClickHouse's: no connection, no answer. */
    public static final int UNREACHABLE = 0;

    private final int code;

    public ClickHouseException(int code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** ClickHouse's error code, such as 60 for UNKNOWN_TABLE; {@link #UNREACHABLE} when there was no answer. */
    public int code() {
        return code;
    }

    /** Whether the same statement may succeed later without any change (memory, overload, lost connections). */
    public boolean isRetriable() {
        return switch (code) {
            // TIMEOUT_EXCEEDED, TOO_MANY_SIMULTANEOUS_QUERIES, SOCKET_TIMEOUT, NETWORK_ERROR, NO_FREE_CONNECTION,
            // TABLE_IS_READ_ONLY, MEMORY_LIMIT_EXCEEDED, TOO_MANY_PARTS, UNKNOWN_STATUS_OF_INSERT, ABORTED,
            // KEEPER_EXCEPTION, NOT_ENOUGH_SPACE, QUERY_WAS_CANCELLED
            case UNREACHABLE, 159, 202, 209, 210, 203, 242, 241, 252, 319, 236, 999, 243, 394 -> true;
            default -> false;
        };
    }
}
