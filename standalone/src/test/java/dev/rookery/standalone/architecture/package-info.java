/** The rules of the house, as tests. */
@NullMarked
package dev.rookery.standalone.architecture;

import org.jspecify.annotations.NullMarked;
