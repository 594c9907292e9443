package dev.rookery.catalog.jobs;

/** A job cannot succeed, however often it is tried. The message is for the tenant. */
public final class JobFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JobFailedException(String message) {
        super(message);
    }

    public JobFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
