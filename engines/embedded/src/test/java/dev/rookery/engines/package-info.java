@NullMarked
package dev.rookery.engines;

import org.jspecify.annotations.NullMarked;
