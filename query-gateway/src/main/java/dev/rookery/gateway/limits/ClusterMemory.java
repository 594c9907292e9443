package dev.rookery.gateway.limits;

import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of their memory clusters use, as they say themselves; asked at most every five seconds and never waited for.
 * Thread safe.
 */
public final class ClusterMemory {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterMemory.class);
    private static final Duration ASK_EVERY = Duration.ofSeconds(5);

    /** Of what the server may use: by default nine tenths of what its machine has; without a limit it is never short. */
    private static final String QUERY = """
            SELECT if(limit > 0, used / limit, 0)
              FROM (SELECT (SELECT value FROM system.metrics WHERE metric = 'MemoryTracking') AS used,
                           (SELECT toFloat64(value) FROM system.server_settings
                             WHERE name = 'max_server_memory_usage') AS limit)
            """;

    private final ClusterConnections clusters;
    private final InstantSource clock;
    private final ConcurrentHashMap<ClusterId, Measured> measured = new ConcurrentHashMap<>();

    private record Measured(double share, Instant askAgain) {}

    public ClusterMemory(ClusterConnections clusters, InstantSource clock) {
        this.clusters = clusters;
        this.clock = clock;
    }

    /** The share in use when the cluster was last asked, from 0 to 1; 0 before its first answer. */
    public double share(ClusterId cluster) {
        Instant now = clock.instant();
        Measured last = measured.compute(cluster, (id, known) -> {
            if (known != null && now.isBefore(known.askAgain())) {
                return known;
            }
            Thread.startVirtualThread(() -> ask(id));
            return new Measured(known == null ? 0 : known.share(), now.plus(ASK_EVERY));
        });
        return last.share();
    }

    private void ask(ClusterId cluster) {
        try {
            measured.put(cluster, new Measured(measure(cluster), clock.instant().plus(ASK_EVERY)));
        } catch (ClickHouseException | NumberFormatException e) {
            LOG.warn("Cannot ask a cluster for its memory: {}", e.getMessage());
        }
    }

    double measure(ClusterId cluster) {
        ClickHouseRequest request =
                ClickHouseRequest.of(QUERY).with("default_format", "TSV").with("log_queries", "0");
        return Double.parseDouble(
                clusters.text(cluster, ClusterPurpose.ADMIN, request).strip());
    }
}
