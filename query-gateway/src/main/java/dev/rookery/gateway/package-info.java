/** The query gateway: what its parts are, and how it starts. */
@NullMarked
package dev.rookery.gateway;

import org.jspecify.annotations.NullMarked;
