package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.jobs.Job;
import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.jobs.JobHandler;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.operations.DataOperation;
import dev.rookery.catalog.operations.DataOperation.State;
import dev.rookery.catalog.operations.OperationRole;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.controlplane.deployments.LiveViews;
import dev.rookery.controlplane.deployments.LiveViews.Way;
import java.util.List;
import java.util.Set;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Puts the collected rows of an import in the place of those that a data source has (DS-7, DS-8, RD rows), and has all that
 * is made from it by materialized views follow. Thread safe.
 *
 * <table>
 *   <caption>What is recorded, what holds, and how whoever finds it goes on</caption>
 *   <tr><th>recorded</th><th>holds</th><th>goes on with</th></tr>
 *   <tr><td>nothing, open</td><td>nothing has changed</td><td>the fork</td></tr>
 *   <tr><td>forked</td><td>arriving rows reach the new tables too; clones hold what was stored at the cut; scratch tables
 *       hold any part of what is computed anew, and its query may still run</td>
 *       <td>end that query, empty the scratch tables, fill</td></tr>
 *   <tr><td>filled</td><td>scratch tables hold all that is computed anew; of the clones, any part of the partitions that
 *       it replaces is set aside</td><td>set aside what is left of them</td></tr>
 *   <tr><td>moving</td><td>scratch tables, clones and new tables hold each row of after once</td><td>move what is left,
 *       then the exchange</td></tr>
 *   <tr><td>done</td><td>the new tables are live</td><td></td></tr>
 * </table>
 */
final class ReplaceJob implements JobHandler {
    static final String TASK = "replace";

    private final WorkspaceSnapshots snapshots;
    private final Swaps swaps;
    private final Claims claims;
    private final Forks forks;
    private final ClusterConnections connections;
    private final JobStore jobs;
    private final TransactionOperations transaction;

    ReplaceJob(
            WorkspaceSnapshots snapshots,
            Swaps swaps,
            Claims claims,
            Forks forks,
            ClusterConnections connections,
            JobStore jobs,
            TransactionOperations transaction) {
        this.snapshots = snapshots;
        this.swaps = swaps;
        this.claims = claims;
        this.forks = forks;
        this.connections = connections;
        this.jobs = jobs;
        this.transaction = transaction;
    }

    @Override
    public String task() {
        return TASK;
    }

    @Override
    public void run(Job job) {
        ReplaceRequest request = ReplaceRequest.of(job);
        DataOperation operation = swaps.operations().of(job.id()).orElseGet(() -> begin(job));
        if (operation.state() != State.DONE) {
            // From here on nobody exchanges the tables concerned.
            WorkspaceSnapshot workspace = snapshots.refresh(job.workspace());
            replace(workspace, entry(workspace, job), job, request, operation);
        }
        dropPayload(job, request);
    }

    private void replace(
            WorkspaceSnapshot workspace,
            DatasourceEntry entry,
            Job job,
            ReplaceRequest request,
            DataOperation operation) {
        String text = request.condition();
        Condition condition = text == null ? null : Condition.of(connections, workspace, entry, text);
        var payload = new Payload(swaps, workspace, entry, request.scratch(), condition);
        if (operation.state() == State.OPEN) {
            payload.requireSameShape();
            if (request.isWhole() && request.rows() == 0 && request.quarantined() > 0) {
                throw new JobFailedException("None of the rows fits the data source; nothing was replaced");
            }
            if (!request.isWhole() && payload.partitions().isEmpty()) {
                swaps.giveUp(operation.id());
                return;
            }
            jobs.checkCancelled(job.id());
            forks.fork(workspace, operation, request.isWhole());
        }
        DataOperation forked = swaps.operations().find(operation.id()).orElseThrow(Swaps::ended);
        new Rebuild(swaps, workspace, forked, payload, () -> jobs.checkCancelled(job.id())).run();
        swaps.run(workspace, forked);
    }

    private DataOperation begin(Job job) {
        WorkspaceSnapshot workspace = snapshots.refresh(job.workspace());
        DatasourceEntry entry = entry(workspace, job);
        Scope scope = scope(workspace, entry);
        if (swaps.isDraining(workspace, scope.stopped())) {
            throw new CatalogException(
                    CatalogException.Kind.UNAVAILABLE, "Rows of before the last promotion may still arrive");
        }
        return claims.begin(workspace, job, DataOperation.Kind.REPLACE, scope.claims(workspace.live()), begun -> {
            for (String name : scope.swapped()) {
                ResourceId source = Scope.idOf(workspace.live(), name);
                swaps.announce(begun, OperationRole.SCRATCH, source, PhysicalObject.Kind.TABLE);
                swaps.announce(begun, OperationRole.FORMER, source, PhysicalObject.Kind.TABLE);
                if (swaps.entryViews(workspace).containsKey(source)) {
                    swaps.announce(begun, OperationRole.ENTRY_VIEW, source, PhysicalObject.Kind.VIEW);
                }
            }
            for (Way way : scope.rehung()) {
                if (scope.isInner(way)) {
                    swaps.announce(begun, OperationRole.SCRATCH_VIEW, way.pipe(), PhysicalObject.Kind.VIEW);
                } else {
                    swaps.announce(begun, OperationRole.VIEW, way.pipe(), PhysicalObject.Kind.VIEW);
                }
            }
        });
    }

    /** @throws JobFailedException when what is made from the data source could not follow */
    private Scope scope(WorkspaceSnapshot workspace, DatasourceEntry entry) {
        LiveViews views = LiveViews.of(workspace);
        Set<String> stale = swaps.stale(workspace);
        List<String> swapped = views.downstream(List.of(entry.name()));
        for (String name : swapped) {
            if (!views.datasource(name).file().engine().kind().isMergeTree()) {
                throw new JobFailedException("The engine of '%s' keeps no rows that could be replaced".formatted(name));
            }
        }
        for (Way way : views.ways()) {
            boolean follows = swapped.contains(way.target()) && !way.target().equals(entry.name());
            if (follows && !swapped.contains(way.source())) {
                throw new JobFailedException(
                        "'%s' is made from '%s' too, so that it cannot follow a replace of '%s': replace it by itself"
                                .formatted(way.target(), way.source(), entry.name()));
            }
            if (stale.contains(way.view()) && (follows || swapped.contains(way.target()))) {
                throw new JobFailedException(
                        "The materialized view of '%s' has stopped: deploy it anew first".formatted(way.name()));
            }
        }
        return Scope.of(views, stale, swapped);
    }

    private static DatasourceEntry entry(WorkspaceSnapshot workspace, Job job) {
        return workspace
                .live()
                .datasource(String.valueOf(job.resource()))
                .orElseThrow(() -> new JobFailedException("The data source does not exist any more"));
    }

    @Override
    public void failed(Job job, String error) {
        swaps.operations()
                .of(job.id())
                .filter(operation -> operation.state() != State.DONE)
                .ifPresent(operation -> Claims.find(snapshots, job)
                        .ifPresentOrElse(
                                workspace -> forks.undo(workspace, operation), () -> swaps.giveUp(operation.id())));
        dropPayload(job, ReplaceRequest.of(job));
    }

    private void dropPayload(Job job, ReplaceRequest request) {
        transaction.executeWithoutResult(_ -> swaps.resources()
                .find(job.workspace(), request.scratch())
                .ifPresent(payload -> swaps.resources().retireMade(payload.id())));
    }
}
