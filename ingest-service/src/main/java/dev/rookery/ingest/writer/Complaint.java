package dev.rookery.ingest.writer;

import java.time.Duration;
import org.slf4j.Logger;

/** Logs a failure that repeats: when it first happens, and then once in a while. One thread. */
final class Complaint {
    private final Logger log;
    private final long every;
    private long last;
    private long count;

    Complaint(Logger log, Duration every) {
        this.log = log;
        this.every = every.toNanos();
    }

    void warn(String event, String fields, Exception cause) {
        warn(event, fields + " cause=\"" + cause.toString().lines().findFirst().orElse("") + '"');
    }

    void warn(String event, String fields) {
        count++;
        long now = System.nanoTime();
        if (count == 1 || now - last >= every) {
            last = now;
            log.warn("{} {} attempts={}", event, fields, count);
        }
    }
}
