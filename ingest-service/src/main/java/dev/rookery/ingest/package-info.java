/** The ingest service: events over HTTP into Kafka, and the writer from Kafka into ClickHouse. Two roles, one image. */
@NullMarked
package dev.rookery.ingest;

import org.jspecify.annotations.NullMarked;
