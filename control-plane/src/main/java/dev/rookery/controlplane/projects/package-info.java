/** What a project may hold at most, and what other workspaces get to see of it. */
@NullMarked
package dev.rookery.controlplane.projects;

import org.jspecify.annotations.NullMarked;
