/** The secrets of a workspace, over the API that clients call variables. */
@NullMarked
package dev.rookery.controlplane.secrets;

import org.jspecify.annotations.NullMarked;
