package dev.rookery.catalog.tokens;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.CatalogChange;
import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.changes.ChangeListener;
import dev.rookery.catalog.changes.ChangeTopic;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The HS256 keys of all workspaces in memory, kept fresh from the change log: a refreshed admin token ends the JWTs signed
 * with the old one when the change is read (JWT-15). All of them, 32 bytes each, so that a made-up workspace id never
 * reaches Postgres. Read on first use. Thread safe.
 */
public final class JwtKeys implements ChangeListener {
    /** More changes than this at once, and reading all keys anew is cheaper. */
    private static final int READ_ONE_BY_ONE = 50;

    private final TokenStore store;
    private final ChangeFeed feed;
    private volatile @Nullable Map<WorkspaceId, byte[]> keys;

    public JwtKeys(TokenStore store, ChangeFeed feed) {
        this.store = store;
        this.feed = feed;
        feed.subscribe(this);
    }

    /**
     * The key of a workspace that exists.
     *
     * @throws dev.rookery.catalog.CatalogException of kind UNAVAILABLE when this instance may be out of date
     */
    public Optional<byte[]> find(WorkspaceId workspace) {
        feed.requireFresh();
        Map<WorkspaceId, byte[]> known = keys;
        return Optional.ofNullable((known == null ? load() : known).get(workspace));
    }

    /** Under the monitor: a change that arrives meanwhile is looked at afterwards, and reads its workspace again. */
    private synchronized Map<WorkspaceId, byte[]> load() {
        Map<WorkspaceId, byte[]> known = keys;
        if (known == null) {
            known = new ConcurrentHashMap<>(store.jwtKeys());
            keys = known;
        }
        return known;
    }

    @Override
    public synchronized void onChanges(List<CatalogChange> changes) {
        Map<WorkspaceId, byte[]> known = keys;
        if (known == null) {
            return;
        }
        // Tokens and workspaces alike: a deleted workspace's key goes as well.
        List<CatalogChange> mine = changes.stream()
                .filter(change -> change.topic() != ChangeTopic.CLUSTERS)
                .distinct()
                .toList();
        if (mine.size() > READ_ONE_BY_ONE || mine.stream().anyMatch(change -> change.workspace() == null)) {
            keys = null;
            return;
        }
        for (CatalogChange change : mine) {
            readAgain(Objects.requireNonNull(change.workspace()), known);
        }
    }

    private void readAgain(WorkspaceId workspace, Map<WorkspaceId, byte[]> known) {
        Optional<byte[]> key = store.jwtKey(workspace);
        if (key.isPresent()) {
            known.put(workspace, key.get());
        } else {
            known.remove(workspace);
        }
    }
}
