/**
 * Truncates, replaces and deletes rows of data sources (DS-7 to DS-16, RD rows, ALGORITHMS.md D) while more arrive.
 *
 * <p>A truncate and the end of a replace are a {@code Swap}: while no row of the data sources concerned is being stored,
 * views are hung over to new tables, and the catalog's pointers and the write plans are exchanged in one transaction. A
 * {@code Replacement} first forks: from one cut on, arriving rows reach the new tables too, and what was stored at that
 * moment is kept as clones, out of which the rows that remain are moved and the others computed anew. A {@code Deletion} is
 * a mutation behind a barrier.
 *
 * <h2>Invariants</h2>
 *
 * <ul>
 *   <li>An operation is recorded with everything it makes before it makes it, and has claimed the data sources and pipes
 *       whose tables and views it exchanges. No deployment begins while one is open, and none while a deployment is.
 *   <li>Nothing that receives rows is emptied in place: its deduplication log would go with the rows.
 *   <li>What a fork clones has names that no other attempt at the fork knows: a statement that comes late harms nobody.
 *   <li>Every row of before the fork's cut reaches a new table by one way, through the clone or computed anew; those from it
 *       on arrive there by themselves.
 * </ul>
 *
 * High risk: {@code Swap}, {@code Fork}, {@code Rebuild}; change them only with {@code ReplaceFaultsTest} and {@code
 * RandomOperationsTest} in their long form ({@code -Psoak}).
 */
@NullMarked
package dev.rookery.controlplane.dataoperations;

import org.jspecify.annotations.NullMarked;
