@NullMarked
package dev.rookery.engines.process;

import org.jspecify.annotations.NullMarked;
