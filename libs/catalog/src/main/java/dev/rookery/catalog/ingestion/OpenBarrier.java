package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import java.util.Set;
import java.util.UUID;

/** A barrier that writers must report to. */
public record OpenBarrier(UUID id, WorkspaceId workspace, Set<ResourceId> sources) {}
