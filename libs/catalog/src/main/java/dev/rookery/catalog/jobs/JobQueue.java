package dev.rookery.catalog.jobs;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.rookery.catalog.JobId;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Hands jobs over to whichever process runs their task. Thread safe. */
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

    /** Adds a job that waits to be run, in the caller's transaction. Its first task has the name of its kind. */
    public JobId add(NewJob job) {
        JobId id = JobStore.newId();
        add(id, job);
        return id;
    }

    /** The same under an id that is known before, which nothing else has. */
    public void add(JobId id, NewJob job) {
        requireTransaction();
        store.add(id, job);
        schedule(id, job.kind());
    }

    /**
     * Gives a job that is being worked on to the handler of another task, in the caller's transaction: when the present
     * handler returns, the job is not at its end.
     *
     * @return false when the job has come to its end meanwhile, or another handler is in charge already
     */
    public boolean handOver(Job job, String task) {
        requireTransaction();
        if (!store.handOver(job, task)) {
            return false;
        }
        schedule(job.id(), task);
        return true;
    }

    private void schedule(JobId id, String task) {
        client.scheduleIfNotExists(new TaskInstance<>(JobRunner.taskName(task), id.toString()), clock.instant());
    }

    private static void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a job is added in a transaction, or it might never be run");
        }
    }
}
