package dev.rookery.catalog.jobs;

/** Does the jobs of one kind. Thread safe: several jobs of the kind may run at once, never the same one. */
public interface JobHandler {
    /** The kind, as in {@link Job#kind}. */
    String kind();

    /**
     * Does the job, or goes on with what another process left unfinished: whatever was done before a crash is found by
     * what the handler itself has recorded.
     *
     * @throws JobFailedException when it cannot succeed: the job ends with this error
     * @throws RuntimeException for everything that may pass: the job is tried again, some times
     */
    void run(Job job);

    /**
     * Called once more when a job has failed for good, before that is recorded, to undo what it did. May be called
     * again after a crash.
     *
     * @param error what the tenant will read
     */
    void failed(Job job, String error);
}
