/** Plans and what they allow, in one place (LIM). */
@NullMarked
package dev.rookery.limits;

import org.jspecify.annotations.NullMarked;
