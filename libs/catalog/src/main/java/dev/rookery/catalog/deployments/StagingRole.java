package dev.rookery.catalog.deployments;

import java.util.Locale;

/** What a table or view is for that a deployment needs besides what it consists of. */
public enum StagingRole {
    /** Of a data source that is live: has its columns, keeps nothing, and takes its arriving rows for the deployment. */
    ENTRY,
    /** Of the same: brings them into the data source's new table. */
    ENTRY_VIEW,
    /** Of a materialized pipe: its view, over an entry. */
    STAGE_VIEW,
    /** Of a data source that is live: its rows at the fork. */
    CLONE,
    /** Of the same: what the clone's rows are sent through; keeps nothing. */
    SCRATCH_ENTRY,
    /** Of the same: brings them into the scratch table of the data source's new table. */
    SCRATCH_ENTRY_VIEW,
    /** Of a materialized pipe: its view between scratch tables. */
    SCRATCH_VIEW,
    /** Of a data source: collects the rows of one partition before they move to its new table. */
    SCRATCH;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static StagingRole of(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }

    /** Whether it is a view. */
    public boolean isView() {
        return switch (this) {
            case ENTRY_VIEW, STAGE_VIEW, SCRATCH_ENTRY_VIEW, SCRATCH_VIEW -> true;
            case ENTRY, CLONE, SCRATCH_ENTRY, SCRATCH -> false;
        };
    }

    /** Whether it is needed only until the existing rows have been moved. */
    public boolean endsWithTheMove() {
        return switch (this) {
            case CLONE, SCRATCH_ENTRY, SCRATCH_ENTRY_VIEW, SCRATCH_VIEW, SCRATCH -> true;
            case ENTRY, ENTRY_VIEW, STAGE_VIEW -> false;
        };
    }
}
