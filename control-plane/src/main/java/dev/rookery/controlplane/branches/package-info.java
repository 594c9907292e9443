/**
 * Branches: workspaces of a workspace, for development and previews (BR rows, client-contract.md 6). One begins as a copy
 * of its parent's live project and secrets, with as much of its rows as is asked for, and is its own from then on.
 */
@NullMarked
package dev.rookery.controlplane.branches;

import org.jspecify.annotations.NullMarked;
