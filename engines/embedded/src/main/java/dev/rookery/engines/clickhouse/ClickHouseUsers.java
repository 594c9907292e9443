package dev.rookery.engines.clickhouse;

import dev.rookery.engines.Credentials;

/**
 * The technical users of a ClickHouse server.
 *
 * @param admin may do everything
 * @param writer may SELECT and INSERT in the databases {@code ws_*} and {@code rookery*}
 * @param gateway read-only; reads only through a role of the pool, named with every request ({@code role=r0001}).
 *     Users of a configuration file have all their roles active when none is named, so a request without {@code role}
 *     reads every workspace: the caller must never leave it out
 */
public record ClickHouseUsers(Credentials admin, Credentials writer, Credentials gateway) {}
