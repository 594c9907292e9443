package dev.rookery.catalog.jobs;

import dev.rookery.catalog.JobId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of background work (JOB-8).
 *
 * @param kind such as {@code deployment} or {@code copy}, as clients read it
 * @param task which handler is in charge of it; the kind, unless it was handed over
 * @param deployment the number of the deployment it belongs to, if any
 * @param resource the data source or pipe that it works on, if any; null too once that is deleted
 * @param request what is to be done: a JSON object that only handlers read
 * @param progress how far it has come: a JSON object that clients read beside the other fields
 * @param cancellable whether its handler can stop in the middle
 */
public record Job(
        JobId id,
        WorkspaceId workspace,
        String kind,
        String task,
        JobStatus status,
        @Nullable Integer deployment,
        @Nullable ResourceId resource,
        String request,
        String progress,
        boolean cancellable,
        @Nullable String error,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant startedAt) {
    /** Whether asking for its end makes sense now. */
    public boolean isCancellable() {
        return cancellable && (status == JobStatus.WAITING || status == JobStatus.WORKING);
    }
}
