package dev.rookery.controlplane.deployments;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The ways that rows take into a deployment's new tables while another deployment is live (ALGORITHMS.md C). Arriving rows
 * of a live data source are sent to its entry as well, a table of its columns that keeps nothing; from there views bring
 * them on. The rows that are live at the fork take the same ways through tables of their own, a partition at a time.
 *
 * @param entries live data sources that need an entry
 * @param stagedViews views between entries and new tables, that last until the deployment is live
 * @param roots live data sources whose rows at the fork are sent through the scratch tables
 * @param scratchViews the views they take there
 * @param scratch data sources whose new table is filled so
 * @param joinedViews views that are made when the deployment goes live: they write to tables that are live now
 */
record StagingGraph(
        SortedSet<String> entries,
        List<ViewEdge> stagedViews,
        SortedSet<String> roots,
        List<ViewEdge> scratchViews,
        SortedSet<String> scratch,
        SortedSet<String> joinedViews) {
    StagingGraph {
        entries = copy(entries);
        stagedViews = List.copyOf(stagedViews);
        roots = copy(roots);
        scratchViews = List.copyOf(scratchViews);
        scratch = copy(scratch);
        joinedViews = copy(joinedViews);
    }

    private static SortedSet<String> copy(SortedSet<String> names) {
        return java.util.Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    /** Whether live rows or rows that arrive must reach new tables before the deployment can go live. */
    boolean movesRows() {
        return !entries.isEmpty();
    }
}
