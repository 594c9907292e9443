package dev.rookery.controlplane.dataoperations;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.JobId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.jobs.Job;
import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.jobs.JobQueue;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.jobs.NewJob;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.limits.Limit;
import dev.rookery.limits.OrganizationLimits;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** What clients ask when they delete rows (DS-11 to DS-14). Thread safe. */
final class Deletion {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final WorkspaceSnapshots snapshots;
    private final Swaps swaps;
    private final ClusterConnections connections;
    private final OrganizationLimits limits;
    private final JobStore jobs;
    private final JobQueue queue;
    private final TransactionOperations transaction;

    Deletion(
            WorkspaceSnapshots snapshots,
            Swaps swaps,
            ClusterConnections connections,
            OrganizationLimits limits,
            JobStore jobs,
            JobQueue queue,
            TransactionOperations transaction) {
        this.snapshots = snapshots;
        this.swaps = swaps;
        this.connections = connections;
        this.limits = limits;
        this.jobs = jobs;
        this.queue = queue;
        this.transaction = transaction;
    }

    /**
     * How many rows a delete would remove (DS-13).
     *
     * @throws ApiException 404; 400 when the condition cannot be used
     */
    long count(WorkspaceId id, String nameOrId, String condition) {
        WorkspaceSnapshot workspace = snapshots.refresh(id);
        DatasourceEntry entry = mergeTree(workspace, nameOrId);
        try {
            return Condition.of(connections, workspace, entry, condition).count();
        } catch (JobFailedException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Begins a job that deletes.
     *
     * @throws ApiException 404; 400 when the condition cannot be used; 429 when there are as many delete jobs already as the
     *     plan allows (DS-14)
     * @throws CatalogException CONFLICT while a deployment is in progress
     */
    Job begin(WorkspaceId id, String nameOrId, String condition) {
        WorkspaceSnapshot workspace = snapshots.refresh(id);
        DatasourceEntry entry = mergeTree(workspace, nameOrId);
        try {
            var _ = Condition.of(connections, workspace, entry, condition);
        } catch (JobFailedException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
        OptionalLong most = limits.of(workspace.organization()).get(Limit.DELETE_JOBS);
        JobId job = Objects.requireNonNull(transaction.execute(_ -> {
            swaps.deployments().lockLive(id);
            if (swaps.deployments().candidate(id).isPresent()) {
                throw new CatalogException(
                        CatalogException.Kind.CONFLICT,
                        "There is a deployment in progress; promote or discard it first");
            }
            if (most.isPresent() && jobs.open(id, DeletionJob.KIND) >= most.getAsLong()) {
                throw new ApiException(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "There are %d active delete jobs already, which is the most that the plan allows; try again when one has ended"
                                .formatted(most.getAsLong()));
            }
            return queue.add(NewJob.of(id, DeletionJob.KIND)
                    .on(entry.id())
                    .asking(JSON.writeValueAsString(Map.of(DeletionJob.CONDITION, condition)))
                    .showing(JSON.writeValueAsString(Map.of(
                            "datasource",
                            Map.of("id", entry.id().toString(), "name", entry.name()),
                            DeletionJob.CONDITION,
                            condition)))
                    .cancellableInTheMiddle());
        }));
        return jobs.find(id, job).orElseThrow();
    }

    private static DatasourceEntry mergeTree(WorkspaceSnapshot workspace, String nameOrId) {
        DatasourceEntry entry = Datasources.of(workspace.live(), nameOrId);
        if (!entry.file().engine().kind().isMergeTree()) {
            throw ApiException.badRequest(
                    "The engine of '%s' keeps no rows that could be deleted by a condition".formatted(entry.name()));
        }
        return entry;
    }
}
