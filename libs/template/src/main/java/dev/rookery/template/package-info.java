/**
 * The SQL template language: compiled once, rendered for every request.
 *
 * <p>Two invariants hold for every template and every input. A value never changes the structure of the statement it
 * is rendered into: {@link dev.rookery.template.SqlWriter} follows ClickHouse's lexer and writes each value for the
 * position it stands in, or refuses. And rendering is bounded: {@link dev.rookery.template.Budget} charges every step,
 * so that a hostile template or parameter ends in an error, never in a slow request. A change to either class, or to
 * {@link dev.rookery.template.SqlPosition}, is a security change.
 */
@NullMarked
package dev.rookery.template;

import org.jspecify.annotations.NullMarked;
