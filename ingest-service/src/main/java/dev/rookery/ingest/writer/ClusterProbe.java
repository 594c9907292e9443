package dev.rookery.ingest.writer;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.core.NestedRuntimeException;

/**
 * Tells an insert that fails from a cluster that is down. When nothing answers, lanes would help nobody: the main cycle
 * waits, and goes on as one when the cluster is back. Thread safe.
 */
final class ClusterProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long VALID = Duration.ofSeconds(1).toNanos();

    private final ClusterConnections clickHouse;
    private final ClusterId cluster;
    private final ExecutorService threads;
    private long asked = System.nanoTime() - VALID;
    private boolean up = true;
    private long upSince = System.nanoTime();

    ClusterProbe(ClusterConnections clickHouse, ClusterId cluster, ExecutorService threads) {
        this.clickHouse = clickHouse;
        this.cluster = cluster;
        this.threads = threads;
    }

    /**
     * Whether the cluster answers a trivial query within 2 s, as of a second ago at most, and was not down, as far as
     * anybody asked, since an insert began: one that began before has not been tried on the cluster as it is now.
     */
    synchronized boolean isUpSince(long nanoTime) throws InterruptedException {
        if (System.nanoTime() - asked >= VALID) {
            boolean before = up;
            up = ask();
            asked = System.nanoTime();
            if (up && !before) {
                upSince = asked;
            }
        }
        return up && upSince - nanoTime <= 0;
    }

    private boolean ask() throws InterruptedException {
        Future<String> answer =
                threads.submit(() -> clickHouse.text(cluster, ClusterPurpose.WRITER, ClickHouseRequest.of("SELECT 1")));
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).equals("1");
        } catch (TimeoutException silent) {
            answer.cancel(true);
            return false;
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case ClickHouseException refused ->
                    refused.code() != ClickHouseException.UNREACHABLE
                            && !InsertFailure.of(refused).overall();
                case NestedRuntimeException _ -> false;
                case CatalogException _ -> false;
                case null, default -> throw new IllegalStateException(e);
            };
        }
    }
}
