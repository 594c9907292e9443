package dev.rookery.ingest.log;

import java.util.List;

/**
 * What one Kafka record carries: blocks of encoded rows of one data source, at most one per target.
 *
 * @param parts 1 to 100; all of one workspace, data source and database
 */
public record EventRecord(List<Part> parts) {
    private static final int MAX_PARTS = 100;

    /** Rows for one table. */
    public record Part(Target target, RowBlock block) {}

    public EventRecord {
        parts = List.copyOf(parts);
        if (parts.isEmpty() || parts.size() > MAX_PARTS) {
            throw new IllegalArgumentException("a record has 1 to %d parts".formatted(MAX_PARTS));
        }
        Target first = parts.getFirst().target();
        for (Part part : parts) {
            Target target = part.target();
            if (!target.workspace().equals(first.workspace())
                    || !target.source().equals(first.source())
                    || !target.database().equals(first.database())) {
                throw new IllegalArgumentException("a record belongs to one data source");
            }
        }
        if (parts.stream().map(Part::target).distinct().count() != parts.size()) {
            throw new IllegalArgumentException("a record has one block per target");
        }
    }
}
