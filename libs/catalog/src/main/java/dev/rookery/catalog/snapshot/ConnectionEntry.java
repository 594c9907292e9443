package dev.rookery.catalog.snapshot;

import dev.rookery.catalog.ResourceId;
import dev.rookery.datafile.ConnectionFile;
import java.time.Instant;

/**
 * A connection of a deployment; the secrets it names are not resolved.
 *
 * @param path the datafile's path in the project
 * @param text the datafile as it was deployed
 */
public record ConnectionEntry(
        ResourceId id, ConnectionFile file, String path, String text, Instant createdAt, Instant updatedAt) {
    public String name() {
        return file.name();
    }
}
