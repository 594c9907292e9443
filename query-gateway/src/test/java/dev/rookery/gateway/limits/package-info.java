@NullMarked
package dev.rookery.gateway.limits;

import org.jspecify.annotations.NullMarked;
