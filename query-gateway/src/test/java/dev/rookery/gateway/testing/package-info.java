/** The gateway on real engines, and tenants to test it with. */
@NullMarked
package dev.rookery.gateway.testing;

import org.jspecify.annotations.NullMarked;
