/** Counting requests against limits, over all instances of a service (ALGORITHMS.md 20). */
@NullMarked
package dev.rookery.limits.rates;

import org.jspecify.annotations.NullMarked;
