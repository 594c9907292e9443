@NullMarked
package dev.rookery.template;

import org.jspecify.annotations.NullMarked;
