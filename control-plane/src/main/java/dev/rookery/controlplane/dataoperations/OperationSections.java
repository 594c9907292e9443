package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.OperationId;
import dev.rookery.catalog.ingestion.AbandonedBarrier;
import dev.rookery.catalog.ingestion.CriticalSection;
import dev.rookery.catalog.ingestion.Cut;
import dev.rookery.catalog.ingestion.PlanChanges;
import dev.rookery.catalog.operations.DataOperation;
import dev.rookery.catalog.operations.DataOperation.State;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.controlplane.tables.RecordedSections;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Critical sections of data operations that were begun, and operations whose control-plane died before that. */
class OperationSections implements RecordedSections {
    private static final Logger LOG = LoggerFactory.getLogger(OperationSections.class);

    /** Longer than a request takes from recording the operation to its barrier. */
    private static final Duration STRANDED = Duration.ofMinutes(2);

    private static final CriticalSection NOTHING = new CriticalSection() {
        @Override
        public void work(Cut cut) {
            // The operation was ended before anything was done for it.
        }

        @Override
        public void commit(Cut cut, PlanChanges plans) {
            // The rows go where they went before.
        }
    };

    private final Swaps swaps;
    private final WorkspaceSnapshots snapshots;
    private final Map<String, BiFunction<WorkspaceSnapshot, DataOperation, CriticalSection>> makers;

    /** @param makers by the kind under which barriers are recorded */
    OperationSections(
            Swaps swaps,
            WorkspaceSnapshots snapshots,
            Map<String, BiFunction<WorkspaceSnapshot, DataOperation, CriticalSection>> makers) {
        this.swaps = swaps;
        this.snapshots = snapshots;
        this.makers = Map.copyOf(makers);
    }

    @Override
    public Optional<CriticalSection> of(AbandonedBarrier barrier) {
        BiFunction<WorkspaceSnapshot, DataOperation, CriticalSection> maker = makers.get(barrier.kind());
        if (maker == null) {
            return Optional.empty();
        }
        return Optional.of(swaps.operations()
                .find(OperationId.parse(barrier.payload()))
                .filter(operation -> operation.state() != State.DONE)
                .map(operation -> maker.apply(snapshots.refresh(barrier.workspace()), operation))
                .orElse(NOTHING));
    }

    /** Ends operations that nobody is at any more. */
    @Scheduled(initialDelayString = "PT30S", fixedDelayString = "PT30S")
    void endStranded() {
        endStranded(STRANDED);
    }

    void endStranded(Duration age) {
        try {
            swaps.operations().stranded(age).forEach(swaps::giveUp);
        } catch (DataAccessException e) {
            LOG.warn("Cannot look for stranded operations: {}", e.getMessage());
        }
    }
}
