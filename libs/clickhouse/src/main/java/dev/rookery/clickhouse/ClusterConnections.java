package dev.rookery.clickhouse;

import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.changes.CatalogChange;
import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.changes.ChangeListener;
import dev.rookery.catalog.changes.ChangeTopic;
import dev.rookery.catalog.clusters.Cluster;
import dev.rookery.catalog.clusters.ClusterCredential;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.clusters.ClusterStore;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends statements to clusters as the platform's own users, with addresses and credentials kept fresh from the change
 * log. Thread safe.
 */
public final class ClusterConnections implements ChangeListener {
    private record Key(ClusterId cluster, ClusterPurpose purpose) {}

    private record Target(URI url, ClusterCredential credential) {}

    private final ClusterStore store;
    private final ClickHouseHttp http;
    private final Map<Key, Target> targets = new ConcurrentHashMap<>();

    public ClusterConnections(ClusterStore store, ClickHouseHttp http, ChangeFeed feed) {
        this.store = store;
        this.http = http;
        feed.subscribe(this);
    }

    /**
     * Sends a statement; see {@link ClickHouseHttp#send}.
     *
     * @throws IllegalArgumentException when a statement on behalf of a tenant does not name the tenant's role: without
     *     one, every role of the gateway's user would be active
     */
    public ClickHouseResponse send(ClusterId cluster, ClusterPurpose purpose, ClickHouseRequest request) {
        requireRole(purpose, request);
        Target target = target(cluster, purpose);
        return http.send(target.url(), target.credential(), request);
    }

    /** Sends a statement with a body that is read while it is sent. */
    public ClickHouseResponse send(
            ClusterId cluster, ClusterPurpose purpose, ClickHouseRequest request, StreamedBody body) {
        requireRole(purpose, request);
        Target target = target(cluster, purpose);
        return http.send(target.url(), target.credential(), request, body);
    }

    /** Sends a statement and returns its whole answer; see {@link ClickHouseHttp#text}. */
    public String text(ClusterId cluster, ClusterPurpose purpose, ClickHouseRequest request) {
        requireRole(purpose, request);
        Target target = target(cluster, purpose);
        return http.text(target.url(), target.credential(), request);
    }

    @Override
    public void onChanges(List<CatalogChange> changes) {
        if (changes.stream().anyMatch(change -> change.topic() == ChangeTopic.CLUSTERS)) {
            targets.clear();
        }
    }

    private static void requireRole(ClusterPurpose purpose, ClickHouseRequest request) {
        if (purpose == ClusterPurpose.GATEWAY
                && request.parameters().getOrDefault("role", "").isBlank()) {
            throw new IllegalArgumentException("a tenant's statement without the tenant's role");
        }
    }

    private Target target(ClusterId id, ClusterPurpose purpose) {
        return targets.computeIfAbsent(new Key(id, purpose), key -> {
            Cluster cluster = store.get(id);
            return new Target(cluster.writer().url(), store.credential(id, purpose));
        });
    }
}
