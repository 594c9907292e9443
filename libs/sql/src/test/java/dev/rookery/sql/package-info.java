@NullMarked
package dev.rookery.sql;

import org.jspecify.annotations.NullMarked;
