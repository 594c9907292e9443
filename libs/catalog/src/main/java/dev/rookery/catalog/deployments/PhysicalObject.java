package dev.rookery.catalog.deployments;

import dev.rookery.catalog.ObjectId;
import dev.rookery.catalog.ResourceId;
import java.util.Locale;

/** A table or view in a workspace's database. */
public record PhysicalObject(ObjectId id, ResourceId resource, Kind kind, String name) {
    /** What it is in ClickHouse. */
    public enum Kind {
        TABLE,
        VIEW,
        QUARANTINE;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String column) {
            return valueOf(column.toUpperCase(Locale.ROOT));
        }
    }
}
