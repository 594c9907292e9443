@NullMarked
package dev.rookery.engines.kafka;

import org.jspecify.annotations.NullMarked;
