package dev.rookery.engines.clickhouse;

import java.net.URI;
import java.util.OptionalInt;

/**
 * How to reach a ClickHouse server.
 *
 * @param http the HTTP interface, without a path
 * @param tcpPort the native interface on the same host; empty when it is not known
 * @param users the users to log in as
 * @param rolePool how many roles {@code r0001}, {@code r0002}, … exist, role N with SELECT on {@code ws_N*}; 0 when the
 *     server manages roles by SQL
 */
public record ClickHouseConnection(URI http, OptionalInt tcpPort, ClickHouseUsers users, int rolePool) {
    /**
     * The name of a role of the pool.
     *
     * @param number 1 to {@link #rolePool}
     */
    public static String role(int number) {
        return "r%04d".formatted(number);
    }

    /**
     * The prefix of the databases that a role of the pool may read.
     *
     * @param number 1 to {@link #rolePool}
     */
    public static String databasePrefix(int number) {
        return "ws_%04d".formatted(number);
    }
}
