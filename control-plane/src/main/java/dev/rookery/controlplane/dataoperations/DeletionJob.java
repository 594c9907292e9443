package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.ingestion.BarrierRequest;
import dev.rookery.catalog.ingestion.Barriers;
import dev.rookery.catalog.ingestion.CriticalSection;
import dev.rookery.catalog.ingestion.Cut;
import dev.rookery.catalog.ingestion.PlanChanges;
import dev.rookery.catalog.jobs.Job;
import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.jobs.JobHandler;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.operations.DataOperation;
import dev.rookery.catalog.operations.DataOperation.State;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.controlplane.deployments.LiveViews;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Deletes the rows that fulfil a condition (DS-11, RD-10): a barrier, so that every row acknowledged before is stored, then
 * a mutation, which whoever takes the job over finds again. Materialized views are not concerned. Thread safe.
 */
final class DeletionJob implements JobHandler {
    static final String KIND = "delete_data";
    static final String CONDITION = "delete_condition";

    /** The kind under which its barriers are recorded. */
    static final String FLUSH = "data_flush";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final WorkspaceSnapshots snapshots;
    private final Swaps swaps;
    private final Claims claims;
    private final Barriers barriers;
    private final ClusterConnections connections;
    private final JobStore jobs;

    DeletionJob(
            WorkspaceSnapshots snapshots,
            Swaps swaps,
            Claims claims,
            Barriers barriers,
            ClusterConnections connections,
            JobStore jobs) {
        this.snapshots = snapshots;
        this.swaps = swaps;
        this.claims = claims;
        this.barriers = barriers;
        this.connections = connections;
        this.jobs = jobs;
    }

    @Override
    public String task() {
        return KIND;
    }

    @Override
    public void run(Job job) {
        WorkspaceSnapshot before = snapshots.refresh(job.workspace());
        DatasourceEntry named = entry(before, job);
        DataOperation operation = swaps.operations()
                .of(job.id())
                .orElseGet(() -> claims.begin(before, job, DataOperation.Kind.DELETE, Set.of(named.id()), _ -> {}));
        if (operation.state() == State.DONE) {
            return;
        }
        // From here on nobody exchanges its table.
        WorkspaceSnapshot workspace = snapshots.refresh(job.workspace());
        DatasourceEntry entry = entry(workspace, job);
        if (operation.state() == State.OPEN) {
            jobs.checkCancelled(job.id());
            flush(workspace, operation, entry);
        }
        Condition condition = Condition.of(
                connections,
                workspace,
                entry,
                JSON.readTree(job.request()).path(CONDITION).asString());
        mutation(workspace, entry, job).run(condition.sql(), () -> jobs.checkCancelled(job.id()));
        swaps.giveUp(operation.id());
    }

    private static DatasourceEntry entry(WorkspaceSnapshot workspace, Job job) {
        return workspace
                .live()
                .datasource(String.valueOf(job.resource()))
                .orElseThrow(() -> new JobFailedException("The data source does not exist any more"));
    }

    private Mutation mutation(WorkspaceSnapshot workspace, DatasourceEntry entry, Job job) {
        return new Mutation(swaps, workspace, entry.table(), job.id());
    }

    private void flush(WorkspaceSnapshot workspace, DataOperation operation, DatasourceEntry entry) {
        // Rows that views make are stored with those that they are made from.
        Set<String> feeding = LiveViews.of(workspace).upstream(List.of(entry.name()));
        var sources = new HashSet<ResourceId>();
        feeding.forEach(name -> sources.add(Scope.idOf(workspace.live(), name)));
        barriers.run(
                new BarrierRequest(
                        workspace.id(),
                        workspace.place().cluster(),
                        sources,
                        FLUSH,
                        operation.id().toString()),
                Swaps.PATIENCE,
                section(workspace, operation));
    }

    /** The flush, also for whoever finds it begun. */
    CriticalSection section(WorkspaceSnapshot workspace, DataOperation operation) {
        return new CriticalSection() {
            @Override
            public void work(Cut cut) {
                // To have come here is all.
            }

            @Override
            public void commit(Cut cut, PlanChanges plans) {
                swaps.operations()
                        .lock(operation.id())
                        .ifPresent(open -> swaps.operations().setState(open.id(), State.FORKED));
            }
        };
    }

    @Override
    public void failed(Job job, String error) {
        Optional<DataOperation> open =
                swaps.operations().of(job.id()).filter(operation -> operation.state() != State.DONE);
        Optional<WorkspaceSnapshot> workspace = open.flatMap(_ -> Claims.find(snapshots, job));
        workspace
                .flatMap(found -> found.live()
                        .datasource(String.valueOf(job.resource()))
                        .map(entry -> mutation(found, entry, job)))
                .ifPresent(Mutation::kill);
        open.ifPresent(operation -> swaps.giveUp(operation.id()));
    }
}
