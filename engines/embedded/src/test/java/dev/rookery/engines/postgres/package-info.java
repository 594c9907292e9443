@NullMarked
package dev.rookery.engines.postgres;

import org.jspecify.annotations.NullMarked;
