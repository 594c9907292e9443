package dev.rookery.ingest.writer;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;
import dev.rookery.ingest.log.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Inserts a chunk whose rows fall into more partitions than one insert may touch (ALGORITHMS.md 6): in groups of
 * partitions, each one block under the chunk's token and the group's number. The rows go into a temporary table of the
 * landing table's columns first, which computes their defaults; groups are cut from the sorted list of their partitions,
 * so that they are the same on every attempt. Thread safe.
 */
final class PartitionGroups {
    /** How many partitions an insert may touch: with more, tokens would leave the window too soon (I4). */
    static final int SIZE = 12;

    private static final String ROWS = "chunk_rows";

    private final ClusterConnections clickHouse;
    private final ClusterId cluster;

    PartitionGroups(ClusterConnections clickHouse, ClusterId cluster) {
        this.clickHouse = clickHouse;
        this.cluster = cluster;
    }

    /**
     * Stores what one insert was refused for.
     *
     * @throws ClickHouseException when a statement fails; all may be repeated then
     */
    void insert(Delivery delivery, InsertFailure refusal) {
        if (refusal.view().isPresent()) {
            // The landing table has the chunk already, in at most SIZE parts. Only the views' targets are still to get
            // theirs: other views would get none if the failing one alone were served.
            clickHouse.text(
                    cluster,
                    ClusterPurpose.WRITER,
                    InsertStatement.of(delivery).with("max_partitions_per_insert_block", "0"));
            return;
        }
        String session = UuidCreator.getTimeOrderedEpoch().toString();
        load(delivery, session);
        try {
            insertGroups(delivery, session);
        } finally {
            // Also ends the session's memory; one that is not reached ends by itself within a minute.
            run(session, "DROP TEMPORARY TABLE IF EXISTS " + ROWS);
        }
    }

    private void load(Delivery delivery, String session) {
        Chunk chunk = delivery.chunk();
        run(
                session,
                "CREATE TEMPORARY TABLE %s AS %s ENGINE = Memory"
                        .formatted(ROWS, Sql.table(chunk.target().database(), delivery.table())));
        Map<String, String> parameters = new HashMap<>(InsertStatement.settingsOfInserts());
        parameters.put("session_id", session);
        clickHouse.text(
                cluster,
                ClusterPurpose.ADMIN,
                new ClickHouseRequest(InsertStatement.into(chunk, ROWS), chunk.body(), parameters, Map.of()));
    }

    private void insertGroups(Delivery delivery, String session) {
        Target target = delivery.chunk().target();
        String table = Sql.table(target.database(), delivery.table());
        String key = run(
                session,
                "SELECT partition_key FROM system.tables WHERE database = %s AND name = %s FORMAT TSVRaw"
                        .formatted(Sql.literal(target.database()), Sql.literal(delivery.table())));
        // As text: it is sorted and compared without regard to the key's type.
        String partition = "toString(tuple(%s))".formatted(key);
        List<String> partitions = new ArrayList<>(run(
                        session,
                        "SELECT DISTINCT hex(%1$s) AS p FROM %2$s ORDER BY p FORMAT TSV".formatted(partition, ROWS))
                .lines()
                .toList());
        // What the table stores; columns that only feed others' defaults have done so.
        String columns = run(
                        session,
                        "SELECT name FROM system.columns WHERE database = %s AND table = %s AND default_kind IN ('', 'DEFAULT') ORDER BY position FORMAT TSVRaw"
                                .formatted(Sql.literal(target.database()), Sql.literal(delivery.table())))
                .lines()
                .map(Sql::identifier)
                .collect(Collectors.joining(", "));
        for (int group = 0; group * SIZE < partitions.size(); group++) {
            List<String> mine = partitions.subList(group * SIZE, Math.min(partitions.size(), (group + 1) * SIZE));
            ClickHouseRequest request =
                    ClickHouseRequest.of("INSERT INTO %1$s (%2$s) SELECT %2$s FROM %3$s WHERE hex(%4$s) IN ('%5$s')"
                            .formatted(table, columns, ROWS, partition, String.join("','", mine)));
            for (Map.Entry<String, String> setting :
                    InsertStatement.settingsOfInserts().entrySet()) {
                request = request.with(setting.getKey(), setting.getValue());
            }
            clickHouse.text(
                    cluster,
                    ClusterPurpose.ADMIN,
                    request.with("session_id", session)
                            .with("insert_deduplication_token", delivery.chunk().token() + ":" + group)
                            .with("max_threads", "1")
                            .with("max_insert_threads", "1")
                            .with("max_block_size", Integer.toString(2 * ChunkPlanner.MAX_ROWS))
                            // The group keeps to SIZE; what views make of it is not split again.
                            .with("max_partitions_per_insert_block", "0"));
        }
    }

    private String run(String session, String statement) {
        return clickHouse.text(
                cluster, ClusterPurpose.ADMIN, ClickHouseRequest.of(statement).with("session_id", session));
    }
}
