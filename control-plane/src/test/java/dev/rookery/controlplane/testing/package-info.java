/** The control-plane on real engines, and the people and projects to test it with. */
@NullMarked
package dev.rookery.controlplane.testing;

import org.jspecify.annotations.NullMarked;
