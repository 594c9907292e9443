/** What plans and tokens let callers ask (LIM, JWT-12). */
@NullMarked
package dev.rookery.gateway.limits;

import org.jspecify.annotations.NullMarked;
