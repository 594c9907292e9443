package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.ResourceId;
import java.time.Instant;

/**
 * A data source whose rows are stored late: "delayed ingestion" (IP-7).
 *
 * @param since when it fell behind
 * @param reason in words that may be told to the tenant
 */
public record SourceDelay(ResourceId source, Instant since, String reason, Backlog backlog) {}
