package dev.rookery.controlplane.deployments;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What becomes of a data source's table. */
sealed interface Treatment {
    /** The live table goes on serving it, altered when the deployment goes live. */
    record Keep(List<String> alterations) implements Treatment {
        public Keep {
            alterations = List.copyOf(alterations);
        }
    }

    /**
     * It gets a new table.
     *
     * @param copy how the rows that are live come into it; null when they do not
     * @param arriving how rows that are sent to the live table meanwhile come into it; null when there is no way
     * @param filledBy the materialized pipes that are run over existing rows to fill it
     */
    record Make(@Nullable ForwardQuery copy, @Nullable ForwardQuery arriving, SortedSet<String> filledBy)
            implements Treatment {
        public Make {
            filledBy = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(filledBy));
        }
    }
}
