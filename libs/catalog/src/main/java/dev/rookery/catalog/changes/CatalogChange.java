package dev.rookery.catalog.changes;

import dev.rookery.catalog.WorkspaceId;
import org.jspecify.annotations.Nullable;

/**
 * One committed change that caches must hear of.
 *
 * @param workspace the workspace concerned; null means all of them
 */
public record CatalogChange(ChangeTopic topic, @Nullable WorkspaceId workspace) {}
