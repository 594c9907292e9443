package dev.rookery.catalog.jobs;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.rookery.catalog.DeploymentId;
import dev.rookery.catalog.JobId;
import dev.rookery.catalog.WorkspaceId;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Hands jobs over to whichever process runs their kind. Thread safe. */
public final class JobQueue {
    private final JobStore store;
    private final SchedulerClient client;
    private final InstantSource clock;

    public JobQueue(JobStore store, DataSource dataSource, InstantSource clock) {
        this.store = store;
        // The job and its run are committed together, with whatever else the caller's transaction does.
        this.client = SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(dataSource))
                .build();
        this.clock = clock;
    }

    /** Adds a job that waits to be run, in the caller's transaction. */
    public JobId add(WorkspaceId workspace, String kind, @Nullable DeploymentId deployment) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a job is added in a transaction, or it might never be run");
        }
        JobId id = store.add(workspace, kind, deployment);
        client.scheduleIfNotExists(new TaskInstance<>(JobRunner.taskName(kind), id.toString()), clock.instant());
        return id;
    }
}
