package dev.rookery.ingest.writer;

import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.ingestion.IngestionStates;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;
import dev.rookery.ingest.log.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes materialized views that keep failing out of the write plan (ALGORITHMS.md 5): such a view is marked as out of
 * date, then dropped, and the data source goes on without it. Its landing rows are stored already, and other views have
 * or get theirs, for the chunk is sent again under the same token. Errors that may pass are not counted. Thread safe.
 */
final class FailingViews {
    private static final Logger LOG = LoggerFactory.getLogger(FailingViews.class);

    private record Place(String database, String view) {}

    private record Count(String landing, int errors, long since) {}

    private final ClusterConnections clickHouse;
    private final ClusterId cluster;
    private final IngestionStates states;
    private final WriterProperties settings;
    private final Map<Place, Count> counts = new ConcurrentHashMap<>();

    FailingViews(ClusterConnections clickHouse, ClusterId cluster, IngestionStates states, WriterProperties settings) {
        this.clickHouse = clickHouse;
        this.cluster = cluster;
        this.states = states;
        this.settings = settings;
    }

    /** An insert into the table succeeded with all views behind it. */
    void passed(Delivery delivery) {
        if (!counts.isEmpty()) {
            counts.values().removeIf(count -> count.landing().equals(delivery.table()));
        }
    }

    /** Counts an error that a view is to blame for, and ends the view when it was one too many. */
    void failed(Delivery delivery, InsertFailure failure) {
        if (failure.passing()) {
            return;
        }
        Target target = delivery.chunk().target();
        for (String view : culprits(target.database(), failure)) {
            var place = new Place(target.database(), view);
            long now = System.nanoTime();
            Count count = counts.merge(
                    place,
                    new Count(delivery.table(), 1, now),
                    (before, _) -> new Count(before.landing(), before.errors() + 1, before.since()));
            if (count.errors() >= settings.viewErrors()
                    && now - count.since() >= settings.viewErrorsOver().toNanos()) {
                end(target, view, failure);
                counts.remove(place);
            }
        }
    }

    private void end(Target target, String view, InsertFailure failure) {
        states.markStale(target.workspace(), target.source(), view, failure.reason());
        clickHouse.text(
                cluster,
                ClusterPurpose.ADMIN,
                ClickHouseRequest.of("DROP VIEW IF EXISTS " + Sql.table(target.database(), view)));
        LOG.warn(
                "view out of date workspace={} source={} view={}.{} code={}",
                target.workspace(),
                target.source(),
                target.database(),
                view,
                failure.code());
    }

    private List<String> culprits(String database, InsertFailure failure) {
        Optional<String> missing = failure.missingTarget();
        if (missing.isPresent()) {
            return viewsTo(database, missing.get());
        }
        return failure.view().stream().toList();
    }

    private List<String> viewsTo(String database, String table) {
        return clickHouse
                .text(cluster, ClusterPurpose.ADMIN, ClickHouseRequest.of("""
                        SELECT name FROM system.tables
                         WHERE database = %s AND engine = 'MaterializedView'
                           AND create_table_query LIKE %s FORMAT TSV
                        """.formatted(
                                Sql.literal(database), Sql.literal("% TO " + database + "." + table + " %"))))
                .lines()
                .toList();
    }
}
