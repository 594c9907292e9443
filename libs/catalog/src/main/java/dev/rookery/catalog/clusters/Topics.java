package dev.rookery.catalog.clusters;

/** The names of the platform's Kafka topics. */
public final class Topics {
    /** Where writers tell up to which offset a partition is stored (ALGORITHMS.md 10). */
    public static final String COMMITS = "rookery.commits";

    private Topics() {}

    /** Events on their way to a cluster (ALGORITHMS.md 11). */
    public static String events(String cluster, FlushClass flushClass) {
        return "rookery.events." + cluster + "." + flushClass.key();
    }
}
