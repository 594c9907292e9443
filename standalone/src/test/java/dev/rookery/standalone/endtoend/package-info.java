/** The whole platform from outside: one suite, run against every way of starting it. */
@NullMarked
package dev.rookery.standalone.endtoend;

import org.jspecify.annotations.NullMarked;
