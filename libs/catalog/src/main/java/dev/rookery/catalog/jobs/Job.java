package dev.rookery.catalog.jobs;

import dev.rookery.catalog.JobId;
import dev.rookery.catalog.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of background work (JOB-8).
 *
 * @param kind such as {@code deployment} or {@code copy}
 * @param deployment the number of the deployment it belongs to, if any
 */
public record Job(
        JobId id,
        WorkspaceId workspace,
        String kind,
        JobStatus status,
        @Nullable Integer deployment,
        @Nullable String error,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant startedAt) {}
