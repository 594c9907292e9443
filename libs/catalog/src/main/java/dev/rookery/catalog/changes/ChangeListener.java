package dev.rookery.catalog.changes;

import java.util.List;

/** Forgets what a committed change made stale. Called on the feed's thread: quick, no I/O, no exceptions. */
@FunctionalInterface
public interface ChangeListener {
    /** Changes in no particular order; a change may be reported more than once. */
    void onChanges(List<CatalogChange> changes);
}
