@NullMarked
package dev.rookery.ingest.files;

import org.jspecify.annotations.NullMarked;
