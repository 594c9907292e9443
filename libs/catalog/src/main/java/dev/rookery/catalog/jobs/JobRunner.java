package dev.rookery.catalog.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.rookery.catalog.JobId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Runs the jobs of the tasks it has handlers for. Each job is run by one process at a time: who runs it says so every few
 * seconds, and when it falls silent another takes over. Thread safe.
 */
public final class JobRunner implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    /** With the waits between them, about seven minutes of trying. */
    private static final int ATTEMPTS = 12;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final JobStore store;
    private final TransactionOperations transaction;
    private final Scheduler scheduler;

    /** @param handlers one per task */
    public JobRunner(
            JobStore store,
            TransactionOperations transaction,
            DataSource dataSource,
            JobProperties settings,
            List<JobHandler> handlers) {
        this.store = store;
        this.transaction = transaction;
        List<OneTimeTask<Void>> tasks = handlers.stream().map(this::task).toList();
        this.scheduler = Scheduler.create(dataSource, List.copyOf(tasks))
                .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
                .threads(settings.concurrency())
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .pollingInterval(settings.pollEvery())
                .heartbeatInterval(settings.heartbeatEvery())
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(Duration.ofSeconds(3))
                .failureLogging(LogLevel.OFF, false)
                .build();
    }

    static String taskName(String task) {
        return "job:" + task;
    }

    private OneTimeTask<Void> task(JobHandler handler) {
        return Tasks.oneTime(taskName(handler.task()))
                .onFailure(JobRunner::later)
                .onDeadExecutionRevive()
                .execute((instance, context) -> run(handler, instance, context));
    }

    private void run(JobHandler handler, TaskInstance<Void> instance, ExecutionContext context) {
        JobId id = JobId.parse(instance.getId());
        Optional<Job> begun = transaction.execute(status -> store.begin(id, handler.task()));
        if (begun == null || begun.isEmpty()) {
            return;
        }
        Job job = begun.get();
        try {
            if (job.status() == JobStatus.CANCELLING) {
                throw new JobCancelledException();
            }
            handler.run(job);
            finish(job, JobStatus.DONE, null);
        } catch (JobCancelledException e) {
            handler.failed(job, String.valueOf(e.getMessage()));
            finish(job, JobStatus.CANCELLED, null);
        } catch (JobFailedException e) {
            fail(handler, job, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            int attempt = 1 + context.getExecution().consecutiveFailures;
            LOG.warn("job failed task={} job={} attempt={} cause=\"{}\"", job.task(), id, attempt, e.toString());
            if (attempt < ATTEMPTS) {
                throw e;
            }
            fail(handler, job, "The job was given up after %d attempts".formatted(attempt));
        }
    }

    private void fail(JobHandler handler, Job job, String error) {
        handler.failed(job, error);
        finish(job, JobStatus.ERROR, error);
    }

    private void finish(Job job, JobStatus end, @Nullable String error) {
        transaction.executeWithoutResult(status -> store.finish(job.id(), job.task(), end, error));
    }

    private static void later(ExecutionComplete failure, ExecutionOperations<Void> execution) {
        int failures = 1 + failure.getExecution().consecutiveFailures;
        Duration wait = Duration.ofSeconds(1L << Math.min(failures - 1, 10));
        execution.reschedule(
                failure, failure.getTimeDone().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT));
    }

    @Override
    public void start() {
        scheduler.start();
    }

    @Override
    public void stop() {
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return scheduler.getSchedulerState().isStarted()
                && !scheduler.getSchedulerState().isShuttingDown();
    }
}
