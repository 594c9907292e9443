package dev.rookery.gateway.query;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rookery.catalog.snapshot.PipeEntry;

/**
 * Pipes compiled once per entry. Entries live in snapshots; an entry that no snapshot holds any more takes its templates
 * with it. Thread safe.
 */
final class CompiledPipes {
    private final LoadingCache<PipeEntry, CompiledPipe> pipes =
            Caffeine.newBuilder().weakKeys().build(CompiledPipe::new);

    CompiledPipe of(PipeEntry entry) {
        return pipes.get(entry);
    }
}
