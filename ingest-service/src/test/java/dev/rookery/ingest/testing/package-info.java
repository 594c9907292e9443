/** The catalog, a tenant and the service for tests over the real engines. Knows no JUnit. */
@NullMarked
package dev.rookery.ingest.testing;

import org.jspecify.annotations.NullMarked;
