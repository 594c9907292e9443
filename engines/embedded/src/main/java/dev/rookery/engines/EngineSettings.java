package dev.rookery.engines;

import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.clickhouse.ClickHouseSettings;
import dev.rookery.engines.clickhouse.ExternalClickHouse;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to start, and where.
 *
 * @param dataDirectory holds everything the engines keep
 * @param engines which ones to start
 * @param ports ports to prefer over the usual and the remembered ones; a port that is taken is replaced by a free one
 * @param clickHouseMemoryBytes the most ClickHouse uses for queries; 0 for no limit
 * @param rolePool how many ClickHouse roles to provide for workspaces
 * @param externalClickHouse a server to use instead of an embedded one
 * @param progress is told how the start gets on
 */
public record EngineSettings(
        Path dataDirectory,
        Set<EngineKind> engines,
        Map<EnginePort, Integer> ports,
        long clickHouseMemoryBytes,
        int rolePool,
        Optional<ClickHouseConnection> externalClickHouse,
        EngineProgress progress) {

    private static final long DEFAULT_CLICKHOUSE_MEMORY_BYTES = 4_000_000_000L;

    /** Copies its collections. */
    public EngineSettings {
        engines = Set.copyOf(engines);
        ports = Map.copyOf(ports);
    }

    /**
     * All engines with their usual settings. A ClickHouse server of one's own is taken from {@code
     * ROOKERY_CLICKHOUSE_URL}, {@code _USER} and {@code _PASSWORD}, or the system properties {@code
     * rookery.clickhouse.url}, {@code .user} and {@code .password}.
     *
     * @param dataDirectory made when it is missing
     */
    public static EngineSettings in(Path dataDirectory) {
        return new EngineSettings(
                dataDirectory,
                EnumSet.allOf(EngineKind.class),
                Map.of(),
                DEFAULT_CLICKHOUSE_MEMORY_BYTES,
                ClickHouseSettings.DEFAULT_ROLE_POOL,
                ExternalClickHouse.configured(),
                (engine, state, after) -> {});
    }

    /** The same with other engines. */
    public EngineSettings withEngines(Set<EngineKind> chosen) {
        return new EngineSettings(
                dataDirectory, chosen, ports, clickHouseMemoryBytes, rolePool, externalClickHouse, progress);
    }

    /** The same with other ports to prefer. */
    public EngineSettings withPorts(Map<EnginePort, Integer> preferred) {
        return new EngineSettings(
                dataDirectory, engines, preferred, clickHouseMemoryBytes, rolePool, externalClickHouse, progress);
    }

    /** The same with another limit of ClickHouse's memory in bytes; 0 for none. */
    public EngineSettings withClickHouseMemory(long bytes) {
        return new EngineSettings(dataDirectory, engines, ports, bytes, rolePool, externalClickHouse, progress);
    }

    /** The same with another number of ClickHouse roles, 0 to 9999. */
    public EngineSettings withRolePool(int roles) {
        return new EngineSettings(
                dataDirectory, engines, ports, clickHouseMemoryBytes, roles, externalClickHouse, progress);
    }

    /** The same with somebody to tell how the start gets on. */
    public EngineSettings withProgress(EngineProgress listener) {
        return new EngineSettings(
                dataDirectory, engines, ports, clickHouseMemoryBytes, rolePool, externalClickHouse, listener);
    }
}
