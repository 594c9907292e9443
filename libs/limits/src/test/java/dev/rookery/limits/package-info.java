@NullMarked
package dev.rookery.limits;

import org.jspecify.annotations.NullMarked;
