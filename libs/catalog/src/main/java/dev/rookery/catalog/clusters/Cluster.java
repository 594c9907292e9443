package dev.rookery.catalog.clusters;

import dev.rookery.catalog.ClusterId;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;

/**
 * A ClickHouse cluster as the catalog knows it.
 *
 * @param rolePoolSize how many tenant roles were provisioned beforehand; empty where roles are created by SQL
 * @param replicas never empty
 */
public record Cluster(ClusterId id, String name, OptionalInt rolePoolSize, List<ReplicaAddress> replicas) {
    /** Where a replica answers, and its share of the work (CLU-3). */
    public record ReplicaAddress(URI url, int readWeight, int writeWeight) {}

    public Cluster {
        replicas = List.copyOf(replicas);
        if (replicas.isEmpty()) {
            throw new IllegalArgumentException("the cluster '%s' has no replica".formatted(name));
        }
    }

    /** The one replica that takes writes. */
    public ReplicaAddress writer() {
        return replicas.stream()
                .filter(replica -> replica.writeWeight() > 0)
                .findFirst()
                .orElse(replicas.getFirst());
    }
}
