package dev.rookery.engines.clickhouse;

/**
 * What can be chosen about an embedded ClickHouse node.
 *
 * @param httpPort the HTTP interface's port
 * @param tcpPort the native interface's port
 * @param memoryLimitBytes the most the server uses for queries; 0 for no limit
 * @param rolePool how many roles to provide, 0 to 9999
 */
public record ClickHouseSettings(int httpPort, int tcpPort, long memoryLimitBytes, int rolePool) {
    /** The number of roles unless another is chosen. */
    public static final int DEFAULT_ROLE_POOL = 1_000;

    /** The largest pool: role numbers have four digits, so that no role's prefix is the beginning of another's. */
    public static final int LARGEST_ROLE_POOL = 9_999;

    /** Refuses a pool that the names cannot tell apart. */
    public ClickHouseSettings {
        if (rolePool < 0 || rolePool > LARGEST_ROLE_POOL) {
            throw new IllegalArgumentException("the role pool must have 0 to " + LARGEST_ROLE_POOL + " roles");
        }
    }
}
