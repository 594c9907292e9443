package dev.rookery.ingest.writer;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Sends chunks until they are stored. A chunk is given up in one case only: its table was dropped on purpose.
 *
 * <p>What ClickHouse refuses for good is sent again slowly, for as long as it takes, and holds up its partition: this is
 * the place where a data source gets a lane of its own (ALGORITHMS.md A, step 5). Thread safe.
 */
final class ChunkInserter {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkInserter.class);

    private static final int UNKNOWN_TABLE = 60;
    private static final int UNKNOWN_DATABASE = 81;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration SAY_EVERY = Duration.ofMinutes(1);

    private final ClusterConnections clickHouse;
    private final ClusterId cluster;
    private final GoneTables gone;
    private final WriterProperties settings;

    ChunkInserter(ClusterConnections clickHouse, ClusterId cluster, GoneTables gone, WriterProperties settings) {
        this.clickHouse = clickHouse;
        this.cluster = cluster;
        this.gone = gone;
        this.settings = settings;
    }

    /**
     * Returns when the chunk is stored, or its table is gone.
     *
     * @return false when the signal came first; the chunk may be stored or not
     */
    boolean insert(Chunk chunk, StopSignal stop) throws InterruptedException {
        ClickHouseRequest request = InsertStatement.of(chunk);
        var complaint = new Complaint(LOG, SAY_EVERY);
        Duration pause = FIRST_PAUSE;
        while (!stop.isSet()) {
            boolean mayPass = true;
            try {
                clickHouse.text(cluster, ClusterPurpose.WRITER, request);
                return true;
            } catch (ClickHouseException e) {
                if (isGone(e, chunk)) {
                    return true;
                }
                mayPass = e.isRetriable();
                complaint.warn(mayPass ? "insert delayed" : "insert refused", describe(chunk), e);
            } catch (DataAccessException | CatalogException e) {
                complaint.warn("cluster unknown", describe(chunk), e);
            }
            if (stop.within(mayPass ? pause : settings.retrySlowly())) {
                return false;
            }
            pause = min(pause.multipliedBy(2), settings.retryAtMost());
        }
        return false;
    }

    private boolean isGone(ClickHouseException e, Chunk chunk) {
        boolean unknown = e.code() == UNKNOWN_TABLE || e.code() == UNKNOWN_DATABASE;
        if (unknown && gone.isGone(chunk.target())) {
            LOG.warn("rows dropped with their table {} rows={}", describe(chunk), chunk.rows());
            return true;
        }
        return false;
    }

    private static String describe(Chunk chunk) {
        return "workspace=%s source=%s table=%s.%s partition=%s offsets=%d-%d"
                .formatted(
                        chunk.target().workspace(),
                        chunk.target().source(),
                        chunk.target().database(),
                        chunk.target().table(),
                        chunk.partition(),
                        chunk.first(),
                        chunk.last());
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
