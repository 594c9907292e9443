package dev.rookery.ingest.events;

import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.clusters.FlushClass;
import dev.rookery.catalog.clusters.Topics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The topic of a cluster's events. A cluster's name never changes, so it is asked for once. Thread safe. */
final class EventTopics {
    private final ClusterStore clusters;
    private final Map<ClusterId, String> topics = new ConcurrentHashMap<>();

    EventTopics(ClusterStore clusters) {
        this.clusters = clusters;
    }

    /** All data sources are of the fastest class until plans name another (ALGORITHMS.md 11). */
    String of(ClusterId cluster) {
        return topics.computeIfAbsent(
                cluster, id -> Topics.events(clusters.get(id).name(), FlushClass.FAST));
    }
}
