/** The shared engines of tests in containers instead of child processes. */
@org.jspecify.annotations.NullMarked
package dev.rookery.engines.containers;
