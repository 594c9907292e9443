@NullMarked
package dev.rookery.engines.testing;

import org.jspecify.annotations.NullMarked;
