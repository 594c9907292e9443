package dev.rookery.controlplane.resources;

/**
 * How much a table holds.
 *
 * @param bytes on disk, compressed
 */
record TableSize(long rows, long bytes) {
    static final TableSize EMPTY = new TableSize(0, 0);

    /** As clients read it. */
    record Statistics(long bytes, long rowCount) {}

    Statistics statistics() {
        return new Statistics(bytes, rows);
    }
}
