/** Benchmarks of the way in: encoding, and the whole way from a request to a row that can be queried. */
@NullMarked
package dev.rookery.bench.ingest;

import org.jspecify.annotations.NullMarked;
