/** Published pipes over HTTP (GW). */
@NullMarked
package dev.rookery.gateway.endpoints;

import org.jspecify.annotations.NullMarked;
