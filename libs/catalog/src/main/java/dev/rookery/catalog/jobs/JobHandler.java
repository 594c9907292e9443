package dev.rookery.catalog.jobs;

/** Does the jobs of one task. Thread safe: several jobs of the task may run at once, never the same one. */
public interface JobHandler {
    /** The task, as in {@link Job#task}. */
    String task();

    /**
     * Does the job, or goes on with what another process left unfinished: whatever was done before a crash is found by
     * what the handler itself has recorded.
     *
     * @throws JobCancelledException as {@link JobStore#checkCancelled} does
     * @throws JobFailedException when it cannot succeed: the job ends with this error
     * @throws RuntimeException for everything that may pass: the job is tried again, some times
     */
    void run(Job job);

    /**
     * Called once more when a job has failed for good or was cancelled, before that is recorded, to undo what it did.
     * May be called again after a crash, and for a job that was never run.
     *
     * @param error what the tenant will read
     */
    void failed(Job job, String error);
}
