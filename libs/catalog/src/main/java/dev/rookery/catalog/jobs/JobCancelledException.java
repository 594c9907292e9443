package dev.rookery.catalog.jobs;

/** Somebody asked for the job's end. */
public final class JobCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JobCancelledException() {
        super("The job was cancelled");
    }
}
