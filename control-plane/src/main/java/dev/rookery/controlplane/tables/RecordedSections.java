package dev.rookery.controlplane.tables;

import dev.rookery.catalog.ingestion.AbandonedBarrier;
import dev.rookery.catalog.ingestion.CriticalSection;
import java.util.Optional;

/** Makes the critical sections of a feature anew from what is recorded with their barriers. Thread safe. */
public interface RecordedSections {
    /** The section that the barrier was asked for; empty when it is of another feature. */
    Optional<CriticalSection> of(AbandonedBarrier barrier);
}
