package dev.rookery.catalog.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until it is moved, and counts who asks. */
public final class TestClock implements InstantSource {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong millis = new AtomicLong();
    private final AtomicLong questions = new AtomicLong();

    @Override
    public Instant instant() {
        questions.incrementAndGet();
        return BEGIN.plusMillis(millis.get());
    }

    /** How often somebody has asked: a feed asks once at the beginning of each poll. */
    public long questions() {
        return questions.get();
    }

    public void advance(Duration time) {
        millis.addAndGet(time.toMillis());
    }
}
