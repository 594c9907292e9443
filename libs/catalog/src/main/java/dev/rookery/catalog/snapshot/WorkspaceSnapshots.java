package dev.rookery.catalog.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.CatalogChange;
import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.changes.ChangeListener;
import dev.rookery.catalog.changes.ChangeTopic;
import java.util.List;
import java.util.Optional;

/**
 * The snapshots of the workspaces in use, kept fresh from the change log (ALGORITHMS.md E): a changed workspace is
 * forgotten when the change is read, and loaded again by its next request. Bounded by the number of resources held.
 * Thread safe.
 */
public final class WorkspaceSnapshots implements ChangeListener {
    private static final long MAX_RESOURCES = 500_000;

    private final SnapshotLoader loader;
    private final ChangeFeed feed;

    /** Counts the changes heard of; written under the monitor, so that no change falls between a look at it and a put. */
    private volatile long generation;

    private final Cache<WorkspaceId, WorkspaceSnapshot> snapshots = Caffeine.newBuilder()
            .maximumWeight(MAX_RESOURCES)
            .weigher(WorkspaceSnapshots::weight)
            .build();

    public WorkspaceSnapshots(SnapshotLoader loader, ChangeFeed feed) {
        this.loader = loader;
        this.feed = feed;
        feed.subscribe(this);
    }

    /**
     * The workspace as of now.
     *
     * @throws CatalogException NOT_FOUND when it does not exist or was deleted, UNAVAILABLE when this instance may be
     *     out of date
     */
    public WorkspaceSnapshot get(WorkspaceId id) {
        feed.requireFresh();
        WorkspaceSnapshot cached = snapshots.getIfPresent(id);
        return cached != null ? cached : load(id);
    }

    /** Reads past the cache, for a request that met a table which is gone (E4). */
    public WorkspaceSnapshot refresh(WorkspaceId id) {
        snapshots.invalidate(id);
        return load(id);
    }

    private WorkspaceSnapshot load(WorkspaceId id) {
        long before = generation;
        Optional<WorkspaceSnapshot> loaded = loader.load(id);
        WorkspaceSnapshot snapshot =
                loaded.orElseThrow(() -> new CatalogException(Kind.NOT_FOUND, "The workspace does not exist"));
        keep(id, snapshot, before);
        return snapshot;
    }

    /** A change that arrived while loading may be newer than what was read: such a snapshot serves one request only. */
    private synchronized void keep(WorkspaceId id, WorkspaceSnapshot snapshot, long loadedIn) {
        if (generation == loadedIn) {
            snapshots.put(id, snapshot);
        }
    }

    @Override
    public synchronized void onChanges(List<CatalogChange> changes) {
        List<CatalogChange> mine = changes.stream()
                .filter(change -> change.topic() == ChangeTopic.WORKSPACE)
                .toList();
        if (mine.isEmpty()) {
            return;
        }
        generation++;
        for (CatalogChange change : mine) {
            if (change.workspace() == null) {
                snapshots.invalidateAll();
            } else {
                forget(change.workspace());
            }
        }
    }

    /** A workspace's own snapshot, and those of the workspaces that read its data sources. */
    private void forget(WorkspaceId changed) {
        snapshots.invalidate(changed);
        snapshots
                .asMap()
                .values()
                .removeIf(snapshot -> snapshot.shared().values().stream()
                        .anyMatch(shared -> shared.owner().equals(changed)));
    }

    private static int weight(WorkspaceId id, WorkspaceSnapshot snapshot) {
        DeploymentView candidate = snapshot.candidate();
        return 1 + size(snapshot.live()) + (candidate == null ? 0 : size(candidate));
    }

    private static int size(DeploymentView view) {
        return view.datasources().size() + view.pipes().size();
    }
}
