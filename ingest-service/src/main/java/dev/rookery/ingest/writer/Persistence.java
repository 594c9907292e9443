package dev.rookery.ingest.writer;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;

/** Waits for Postgres: what the catalog does not know of must not happen. Thread safe. */
final class Persistence {
    private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);

    private static final Duration AGAIN = Duration.ofMillis(250);
    private static final Duration SAY_EVERY = Duration.ofMinutes(1);

    private final StopSignal stop;

    Persistence(StopSignal stop) {
        this.stop = stop;
    }

    /**
     * Does it until Postgres has answered; it must be harmless to do twice.
     *
     * @throws StoppedException when the signal comes first
     */
    <T> T insist(String what, Supplier<T> change) throws InterruptedException {
        var complaint = new Complaint(LOG, SAY_EVERY);
        while (true) {
            if (stop.isSet()) {
                throw new StoppedException();
            }
            try {
                return change.get();
            } catch (NestedRuntimeException e) {
                complaint.warn("catalog not available", "for=\"" + what + '"', e);
            }
            if (stop.within(AGAIN)) {
                throw new StoppedException();
            }
        }
    }

    void insist(String what, Runnable change) throws InterruptedException {
        insist(what, () -> {
            change.run();
            return true;
        });
    }
}
