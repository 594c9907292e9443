package dev.rookery.ingest.writer;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClusterConnections;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;

/**
 * Tries to insert a chunk. It is given up in one case only: its table was dropped on purpose. Thread safe.
 */
final class ChunkInserter {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkInserter.class);

    private static final int UNKNOWN_TABLE = 60;
    private static final int UNKNOWN_DATABASE = 81;

    private final ClusterConnections clickHouse;
    private final ClusterId cluster;
    private final GoneTables gone;
    private final FailingViews views;
    private final PartitionGroups groups;

    ChunkInserter(
            ClusterConnections clickHouse,
            ClusterId cluster,
            GoneTables gone,
            FailingViews views,
            PartitionGroups groups) {
        this.clickHouse = clickHouse;
        this.cluster = cluster;
        this.gone = gone;
        this.views = views;
        this.groups = groups;
    }

    /**
     * One attempt.
     *
     * @return empty when the chunk is stored, or its table is gone; otherwise it may be stored or not
     */
    Optional<InsertFailure> insert(Delivery delivery) {
        try {
            return attempt(delivery);
        } catch (RuntimeException e) {
            // Whatever it is, a data source whose insert ends without an outcome would hold up its partition for ever.
            LOG.warn(
                    "insert without an outcome {} cause=\"{}\"",
                    delivery,
                    e.getClass().getName());
            return Optional.of(InsertFailure.unknown(e));
        }
    }

    private Optional<InsertFailure> attempt(Delivery delivery) {
        try {
            try {
                clickHouse.text(cluster, ClusterPurpose.WRITER, InsertStatement.of(delivery));
            } catch (ClickHouseException e) {
                InsertFailure failure = InsertFailure.of(e);
                if (!failure.isTooManyPartitions()) {
                    throw e;
                }
                groups.insert(delivery, failure);
            }
            views.passed(delivery);
            return Optional.empty();
        } catch (ClickHouseException e) {
            InsertFailure failure = InsertFailure.of(e);
            if (failure.missingTarget().isEmpty() && isGone(e, delivery)) {
                return Optional.empty();
            }
            views.failed(delivery, failure);
            return Optional.of(failure);
        } catch (NestedRuntimeException | CatalogException e) {
            return Optional.of(InsertFailure.unknownCluster(e));
        }
    }

    private boolean isGone(ClickHouseException e, Delivery delivery) {
        boolean unknown = e.code() == UNKNOWN_TABLE || e.code() == UNKNOWN_DATABASE;
        if (unknown && gone.isGone(delivery.chunk().target().workspace(), delivery.table())) {
            LOG.warn(
                    "rows dropped with their table {} rows={}",
                    delivery,
                    delivery.chunk().rows());
            return true;
        }
        return false;
    }
}
