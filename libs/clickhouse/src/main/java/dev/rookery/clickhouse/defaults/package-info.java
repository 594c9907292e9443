/**
 * Defaults that would give another answer on every attempt to insert a row, decided when the row is accepted (ALGORITHMS.md
 * 4). Used by whoever makes tables and by whoever accepts rows: both must agree on which columns a table has.
 */
@NullMarked
package dev.rookery.clickhouse.defaults;

import org.jspecify.annotations.NullMarked;
