package dev.rookery.catalog.clusters;

import java.time.Duration;
import java.util.Locale;

/** How often the writer inserts what arrived for a data source; longer intervals load ClickHouse less (IP-1). */
public enum FlushClass {
    FAST(Duration.ofSeconds(1)),
    STANDARD(Duration.ofSeconds(4)),
    RELAXED(Duration.ofSeconds(10));

    private final Duration interval;

    FlushClass(Duration interval) {
        this.interval = interval;
    }

    /** The time between two inserts of the same data source, unless there is enough for one before. */
    public Duration interval() {
        return interval;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
