/** Tests that the documentation says what the code does. */
@NullMarked
package dev.rookery.standalone.docs;

import org.jspecify.annotations.NullMarked;
