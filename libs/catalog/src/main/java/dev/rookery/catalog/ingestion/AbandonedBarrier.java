package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.WorkspaceId;
import java.util.UUID;

/** A barrier whose critical section was begun by a coordinator that is gone: {@link Barriers#finish} it. */
public record AbandonedBarrier(UUID id, WorkspaceId workspace, String kind, String payload) {}
