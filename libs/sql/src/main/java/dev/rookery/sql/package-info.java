/**
 * What a ClickHouse statement refers to and may touch, and its rewriting to physical tables.
 *
 * <p>The order of work is {@link dev.rookery.sql.SqlAnalyzer#analyze}, {@link dev.rookery.sql.SqlPolicy#check}, {@link
 * dev.rookery.sql.SqlRewriter#rewrite}. Everything fails closed with a {@link dev.rookery.sql.SqlException}. All types are
 * immutable and may be shared between threads, except {@link dev.rookery.sql.SqlRewriter}'s call-local state.
 *
 * <p>Invariant the callers keep: the session in which a rewritten statement runs has a default database that holds no
 * tables. Every name taken for a table leaves here fully qualified, so a name that ClickHouse took for a table where we saw
 * a common table expression, an alias or a column would find nothing.
 */
@NullMarked
package dev.rookery.sql;

import org.jspecify.annotations.NullMarked;
