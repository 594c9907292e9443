package dev.rookery.ingest.encoding;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What rows share because they arrived together.
 *
 * @param at when they were accepted: {@code insertion_date} of quarantined rows, and today's date where a text
 *     without a year is read
 * @param importId the job's id for {@code c__import_id} (QU-2), null for events
 */
public record Acceptance(Instant at, @Nullable String importId) {}
