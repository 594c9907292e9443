package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.ResourceId;
import java.time.Instant;

/**
 * A materialized view that has left the write plan (ALGORITHMS.md 5): it is dropped, and what it writes to lacks rows
 * until a deployment recomputes it.
 *
 * @param view its physical name
 * @param source the data source whose rows it refused
 */
public record StaleView(String view, ResourceId source, String reason, Instant since) {}
