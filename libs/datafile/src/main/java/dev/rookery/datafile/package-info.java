/**
 * Datafiles: the text of {@code .datasource}, {@code .pipe}, {@code .connection} and {@code tests/*.yaml} as typed,
 * immutable records, and back.
 *
 * <p>{@link dev.rookery.datafile.DatafileParser} reads, {@link dev.rookery.datafile.DatafilePrinter} writes. Types,
 * expressions and SQL stay text here; other modules interpret them. Everything in this package is thread-safe.
 */
@NullMarked
package dev.rookery.datafile;

import org.jspecify.annotations.NullMarked;
