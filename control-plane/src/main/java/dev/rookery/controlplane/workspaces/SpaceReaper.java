package dev.rookery.controlplane.workspaces;

import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.deployments.ResourceStore.Deleted;
import dev.rookery.clickhouse.ClickHouseException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Drops the databases of deleted workspaces where that failed at first: ClickHouse was down, the control-plane was killed,
 * or a deployment was still making tables. Several at once do no harm.
 */
class SpaceReaper {
    private static final Logger LOG = LoggerFactory.getLogger(SpaceReaper.class);

    /** Whoever deletes the workspace is done with it by then. */
    private static final Duration REST = Duration.ofMinutes(1);

    private final ResourceStore resources;
    private final TenantSpace space;

    SpaceReaper(ResourceStore resources, TenantSpace space) {
        this.resources = resources;
        this.space = space;
    }

    @Scheduled(initialDelayString = "PT40S", fixedDelayString = "PT60S")
    void reap() {
        reap(REST);
    }

    void reap(Duration rest) {
        try {
            resources.deleted(rest).forEach(this::drop);
        } catch (DataAccessException e) {
            LOG.warn("Cannot look for deleted workspaces: {}", e.getMessage());
        }
    }

    private void drop(Deleted deleted) {
        try {
            space.drop(deleted.place());
            resources.droppedAll(deleted.workspace());
        } catch (ClickHouseException e) {
            LOG.warn("Cannot drop the database {} yet: {}", deleted.place().database(), e.getMessage());
        }
    }
}
