package dev.rookery.catalog.deployments;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * That a deployment fills a data source with rows that exist already, as clients read it (client-contract.md 2.1).
 *
 * @param datasource the data source that is filled
 * @param pipe the materialized view whose query makes the rows; null for a forward query
 */
public record DataMovement(
        String datasource, Kind kind, @Nullable String pipe) {
    /** Where the rows come from. */
    public enum Kind {
        BACKFILL_WITH_MV_QUERIES,
        BACKFILL_WITH_FORWARD_QUERY;

        /** The kind as clients read it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String column) {
            return valueOf(column.toUpperCase(Locale.ROOT));
        }
    }
}
