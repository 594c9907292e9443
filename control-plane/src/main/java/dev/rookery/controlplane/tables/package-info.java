/**
 * What deployments and data operations both do with the tables and views of a workspace: statements of critical sections,
 * views that are hung over, and sections that were left unfinished.
 */
@NullMarked
package dev.rookery.controlplane.tables;

import org.jspecify.annotations.NullMarked;
