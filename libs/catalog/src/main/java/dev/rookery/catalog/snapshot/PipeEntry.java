package dev.rookery.catalog.snapshot;

import dev.rookery.catalog.ResourceId;
import dev.rookery.datafile.PipeFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pipe of a deployment.
 *
 * @param view the physical materialized view; null for pipes that materialize nothing
 * @param path the datafile's path in the project
 * @param text the datafile as it was deployed
 */
public record PipeEntry(
        ResourceId id,
        PipeFile file,
        @Nullable String view,
        String path,
        String text,
        Instant createdAt,
        Instant updatedAt) {
    public String name() {
        return file.name();
    }
}
