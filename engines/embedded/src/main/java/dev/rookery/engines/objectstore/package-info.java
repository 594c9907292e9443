@NullMarked
package dev.rookery.engines.objectstore;

import org.jspecify.annotations.NullMarked;
