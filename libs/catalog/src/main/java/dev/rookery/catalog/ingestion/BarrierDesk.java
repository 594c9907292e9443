package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Barriers as writers see them. Thread safe. */
public final class BarrierDesk {
    private static final String WAITS = "the data source is being changed";

    private final JdbcClient jdbc;
    private final LaneStore lanes;
    private final BarrierRelease release;
    private final TransactionOperations transactions;

    public BarrierDesk(JdbcClient jdbc, LaneStore lanes, WritePlans plans, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.lanes = lanes;
        this.release = new BarrierRelease(jdbc, lanes, plans);
        this.transactions = transactions;
    }

    /** The barriers of a cluster that are neither done nor undone. Undoes those whose coordinator died before it began. */
    public List<OpenBarrier> open(ClusterId cluster) {
        undoExpired(cluster);
        Map<UUID, Set<ResourceId>> sources = new HashMap<>();
        Map<UUID, WorkspaceId> workspaces = new HashMap<>();
        jdbc.sql("""
                        select b.id, b.workspace_id, s.source_id from barriers b
                          join barrier_sources s on s.barrier_id = b.id
                         where b.cluster_id = :cluster and b.state in ('asked', 'begun')
                        """).param("cluster", cluster.value()).query(row -> {
            UUID id = row.getObject("id", UUID.class);
            workspaces.put(id, new WorkspaceId(row.getObject("workspace_id", UUID.class)));
            sources.computeIfAbsent(id, _ -> new HashSet<>())
                    .add(new ResourceId(row.getObject("source_id", UUID.class)));
        });
        return workspaces.entrySet().stream()
                .map(entry -> new OpenBarrier(
                        entry.getKey(), entry.getValue(), sources.getOrDefault(entry.getKey(), Set.of())))
                .toList();
    }

    /**
     * Puts a source on hold at a boundary and reports it, in one transaction.
     *
     * @param caughtUp its lanes, all of which have stored everything below the boundary; they end here
     * @return false when the barrier has ended meanwhile, or a lane has not caught up after all
     */
    public boolean report(
            PartitionLease lease, OpenBarrier barrier, ResourceId source, long boundary, Collection<LaneKey> caughtUp) {
        return lanes.fenced(lease, () -> {
            boolean isOpen = jdbc.sql("""
                            select state in ('asked', 'begun') from barriers where id = :id for share
                            """)
                    .param("id", barrier.id())
                    .query(Boolean.class)
                    .optional()
                    .orElse(false);
            if (!isOpen) {
                return false;
            }
            for (LaneKey key : caughtUp) {
                if (!lanes.delete(lease, key, boundary)) {
                    throw new IllegalStateException("%s has not caught up with %d".formatted(key, boundary));
                }
            }
            lanes.insert(
                    lease.partition(),
                    new Lane(
                            new LaneKey(source, LaneKey.ALL),
                            barrier.workspace(),
                            boundary,
                            OptionalLong.empty(),
                            barrier.id(),
                            WAITS),
                    Backlog.NONE,
                    boundary);
            jdbc.sql("""
                            insert into barrier_reports (barrier_id, source_id, topic, partition, boundary)
                            values (:id, :source, :topic, :partition, :boundary) on conflict do nothing
                            """)
                    .param("id", barrier.id())
                    .param("source", source.value())
                    .param("topic", lease.partition().topic())
                    .param("partition", lease.partition().partition())
                    .param("boundary", boundary)
                    .update();
            return true;
        });
    }

    private void undoExpired(ClusterId cluster) {
        List<UUID> expired = jdbc.sql("""
                        select id from barriers
                         where cluster_id = :cluster and state = 'asked' and lease_until < now()
                        """)
                .param("cluster", cluster.value())
                .query(UUID.class)
                .list();
        expired.forEach(id -> transactions.executeWithoutResult(_ -> release.undo(id)));
    }
}
