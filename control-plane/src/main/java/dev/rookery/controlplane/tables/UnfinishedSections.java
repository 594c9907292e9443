package dev.rookery.controlplane.tables;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ingestion.AbandonedBarrier;
import dev.rookery.catalog.ingestion.Barriers;
import dev.rookery.clickhouse.ClickHouseException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Finishes critical sections whose control-plane has died in the middle: their data sources stand still until then.
 * Several at once do no harm.
 */
public class UnfinishedSections {
    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedSections.class);

    private final Barriers barriers;
    private final List<RecordedSections> recorded;

    public UnfinishedSections(Barriers barriers, List<RecordedSections> recorded) {
        this.barriers = barriers;
        this.recorded = List.copyOf(recorded);
    }

    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    public void finish() {
        try {
            barriers.abandoned().forEach(this::finish);
        } catch (DataAccessException e) {
            LOG.warn("Cannot look for what was begun: {}", e.getMessage());
        }
    }

    /** One that cannot be finished yet holds up no other. */
    private void finish(AbandonedBarrier barrier) {
        try {
            recorded.stream()
                    .flatMap(sections -> sections.of(barrier).stream())
                    .findFirst()
                    .ifPresent(section -> barriers.finish(barrier, section));
        } catch (DataAccessException | CatalogException | ClickHouseException e) {
            LOG.warn("Cannot finish what was begun yet: {}", e.getMessage());
        }
    }
}
