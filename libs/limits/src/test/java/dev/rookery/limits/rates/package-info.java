@NullMarked
package dev.rookery.limits.rates;

import org.jspecify.annotations.NullMarked;
