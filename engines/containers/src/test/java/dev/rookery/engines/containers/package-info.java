/** Tests of what can be known without a Docker daemon, and of each container where one answers. */
@org.jspecify.annotations.NullMarked
package dev.rookery.engines.containers;
