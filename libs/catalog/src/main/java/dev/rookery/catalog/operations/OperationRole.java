package dev.rookery.catalog.operations;

import java.util.Locale;

/** What a table or view is for that a data operation has made. */
public enum OperationRole {
    /** Of a data source: takes the place of its table. */
    TABLE,
    /** Of a materialized pipe: takes the place of its view. */
    VIEW,
    /** Of a data source: takes the place of the view that brings rows accepted in older columns into its table. */
    ENTRY_VIEW,
    /** Of a data source: takes the place of its quarantine. */
    QUARANTINE,
    /** Of a data source that is not replaced: takes its arriving rows on their way to one that is; keeps nothing. */
    ENTRY,
    /** Of a materialized pipe: its view over such an entry. */
    STAGE_VIEW,
    /** Of a data source that is replaced: its rows at the fork, until they are moved. */
    REMAINDER,
    /** Of the same: those of the partitions that are computed anew. */
    FORMER,
    /** Of the same: collects what is computed anew. */
    SCRATCH,
    /** Of a materialized pipe: its view between scratch tables. */
    SCRATCH_VIEW;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
