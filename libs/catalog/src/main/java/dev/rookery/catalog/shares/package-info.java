/** Data sources that other workspaces may read. */
@NullMarked
package dev.rookery.catalog.shares;

import org.jspecify.annotations.NullMarked;
