/**
 * ClickHouse's column types as values: parsed from any spelling ClickHouse accepts, printed in the one it prints.
 *
 * <p>The parser knows what {@code system.data_type_families} lists for ClickHouse 26.7, with its case-insensitive
 * names and SQL aliases ({@code BIGINT}, {@code Boolean}, {@code DOUBLE PRECISION}, …). It checks form and ranges
 * that are part of a type's own text (bits, precision, scale, enum numbers); what only the server can decide, such
 * as whether a time zone or an aggregate function exists, stays the server's.
 */
@NullMarked
package dev.rookery.clickhouse.types;

import org.jspecify.annotations.NullMarked;
