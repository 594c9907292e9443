/**
 * From datafiles to a live deployment (DEP rows, ALGORITHMS.md C).
 *
 * <p>A request goes {@code DeploymentController}, {@code DeploymentService}, {@code ProjectParser}, {@code DeploymentPlanner}
 * with {@code StagingPlanner} (nothing is changed up to here), {@code DeploymentExecutor} with {@code SchemaStep}; where rows
 * must be moved, {@code DeploymentJob} with {@code DataMover}; then {@code Promotion}. {@code DeploymentSections} and {@code
 * Reaper} bring to an end what a control-plane that died has left.
 *
 * <h2>Invariants</h2>
 *
 * <ul>
 *   <li>What is made in ClickHouse is recorded before, and found by its record afterwards: nothing is left behind.
 *   <li>No view of a candidate hangs on a live table before its promotion: rows would pass through both deployments.
 *   <li>Every row of a live data source reaches a new table by one way: those below the fork's cut through the clone, those
 *       from it on through the entry.
 *   <li>Views are hung over and pointers swapped under one barrier, so that no row is stored by half of each deployment.
 *   <li>The scratch tables are emptied only while nothing of their partition has moved.
 * </ul>
 *
 * High risk: {@code StagingPlanner}, {@code DataMover}, {@code Promotion}; change them only with {@code DataMovementTest} in
 * its long form ({@code -Psoak}).
 */
@NullMarked
package dev.rookery.controlplane.deployments;

import org.jspecify.annotations.NullMarked;
