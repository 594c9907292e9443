/** What a workspace consists of, as clients list it and get it back: data sources, pipes, connections, their datafiles. */
@NullMarked
package dev.rookery.controlplane.resources;

import org.jspecify.annotations.NullMarked;
