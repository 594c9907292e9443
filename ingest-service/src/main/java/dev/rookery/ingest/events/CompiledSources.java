package dev.rookery.ingest.events;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.ingest.encoding.LayoutException;

/** Compiled data sources, for as long as the snapshot that holds their entry is in use. Thread safe. */
final class CompiledSources {
    private final RowOrigin origin;
    private final int maxRow;

    /** Weak keys are compared by identity: an entry of a newer snapshot is another key. */
    private final Cache<DatasourceEntry, CompiledSource> compiled =
            Caffeine.newBuilder().weakKeys().build();

    CompiledSources(RowOrigin origin, int maxRow) {
        this.origin = origin;
        this.maxRow = maxRow;
    }

    /** @throws ApiException 400 when the data source cannot receive such rows */
    CompiledSource get(WorkspaceSnapshot workspace, DatasourceEntry entry) {
        try {
            return compiled.get(entry, key -> CompiledSource.of(workspace, key, origin, maxRow));
        } catch (LayoutException e) {
            throw ApiException.badRequest("The data source '%s' cannot receive %s: %s"
                    .formatted(entry.name(), origin == RowOrigin.EVENTS ? "events" : "files", e.getMessage()));
        }
    }
}
