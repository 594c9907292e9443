package dev.rookery.catalog.jobs;

import java.util.Locale;

/** Where a job stands (JOB-3). */
public enum JobStatus {
    WAITING,
    WORKING,
    DONE,
    ERROR,
    CANCELLING,
    CANCELLED;

    /** The status as clients read it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it has come to its end. */
    public boolean isFinal() {
        return this == DONE || this == ERROR || this == CANCELLED;
    }
}
