package dev.rookery.ingest.events;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.clusters.Topics;
import dev.rookery.catalog.ingestion.FlushClasses;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;

/** The topic of a workspace's events: by its cluster and flush class (ALGORITHMS.md 11). Thread safe. */
final class EventTopics {
    private final ClusterStore clusters;
    private final FlushClasses classes;

    /** By identity: a workspace whose class changes has another snapshot. */
    private final Cache<WorkspaceSnapshot, String> topics =
            Caffeine.newBuilder().weakKeys().build();

    EventTopics(ClusterStore clusters, FlushClasses classes) {
        this.clusters = clusters;
        this.classes = classes;
    }

    String of(WorkspaceSnapshot workspace) {
        return topics.get(
                workspace,
                key -> Topics.events(clusters.get(key.place().cluster()).name(), classes.of(key.id())));
    }
}
