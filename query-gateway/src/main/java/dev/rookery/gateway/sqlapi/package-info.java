/** The Query API (SQL). */
@NullMarked
package dev.rookery.gateway.sqlapi;

import org.jspecify.annotations.NullMarked;
