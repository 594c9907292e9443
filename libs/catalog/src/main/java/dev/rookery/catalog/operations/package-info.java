/**
 * What is under way with the rows of data sources: truncates, replaces and deletes (ALGORITHMS.md D). An operation claims
 * the data sources and pipes whose tables and views it exchanges, and is recorded with everything that it makes until it is
 * done, so that whoever finds it unfinished can bring it to its end.
 */
@NullMarked
package dev.rookery.catalog.operations;

import org.jspecify.annotations.NullMarked;
