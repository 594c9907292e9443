/** Benchmarks of what every request passes through, each beside a peer that runs in the same run. */
@NullMarked
package dev.rookery.bench;

import org.jspecify.annotations.NullMarked;
