package dev.rookery.ingest.events;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.ingest.encoding.LayoutException;

/** Compiled data sources, for as long as the snapshot that holds their entry is in use. Thread safe. */
final class CompiledSources {
    private final int maxRow;

    /** Weak keys are compared by identity: an entry of a newer snapshot is another key. */
    private final Cache<DatasourceEntry, CompiledSource> compiled =
            Caffeine.newBuilder().weakKeys().build();

    CompiledSources(int maxRow) {
        this.maxRow = maxRow;
    }

    /** @throws ApiException 400 when the data source cannot receive JSON */
    CompiledSource get(WorkspaceSnapshot workspace, DatasourceEntry entry) {
        try {
            return compiled.get(entry, key -> CompiledSource.of(workspace, key, maxRow));
        } catch (LayoutException e) {
            throw ApiException.badRequest(
                    "The data source '%s' cannot receive events: %s".formatted(entry.name(), e.getMessage()));
        }
    }
}
