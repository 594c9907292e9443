package dev.rookery.catalog.operations;

import dev.rookery.catalog.JobId;
import dev.rookery.catalog.OperationId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A change of a data source's rows that is under way, or was.
 *
 * @param resource the data source that was named
 * @param job the job that does it; null when its request waits for it
 */
public record DataOperation(
        OperationId id,
        WorkspaceId workspace,
        ResourceId resource,
        Kind kind,
        @Nullable JobId job,
        State state,
        Instant createdAt) {
    /** What becomes of the rows. */
    public enum Kind {
        TRUNCATE,
        REPLACE,
        DELETE;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far it has come. Who finds it goes on from there. */
    public enum State {
        /** Nothing has changed. */
        OPEN,
        /** Everything of before the cut is stored; of a replace, arriving rows are collected in the new tables too. */
        FORKED,
        /** Of a replace: the scratch tables hold all rows that are computed anew. */
        FILLED,
        /** Of a replace: what is new and what remains is being moved into the new tables. */
        MOVING,
        DONE;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
