package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.WorkspaceId;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A data source's own cursor through a partition (ALGORITHMS.md A5).
 *
 * @param next the first offset whose rows are not stored
 * @param attemptTo the recorded end of the attempt under way, which must be repeated exactly
 * @param barrier what it waits for, if it is on hold
 * @param reason in words that may be told to the tenant
 */
public record Lane(
        LaneKey key,
        WorkspaceId workspace,
        long next,
        OptionalLong attemptTo,
        @Nullable UUID barrier,
        String reason) {}
