@NullMarked
package dev.rookery.ingest.encoding;

import org.jspecify.annotations.NullMarked;
