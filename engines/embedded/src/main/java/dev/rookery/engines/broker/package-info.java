@NullMarked
package dev.rookery.engines.broker;

import org.jspecify.annotations.NullMarked;
