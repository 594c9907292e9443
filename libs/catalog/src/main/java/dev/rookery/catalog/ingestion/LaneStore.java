package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Lanes in Postgres, as the writer that owns their partition sees them. Every change is made under the writer's lease, in
 * a transaction of its own. Thread safe.
 *
 * <p>Methods that take a lease throw {@link LeaseLostException} when another writer has taken the partition over, and
 * Spring's {@code DataAccessException} while Postgres does not answer; then nothing, or all of it, has happened.
 */
public final class LaneStore {
    private static final String AT =
            " where topic = :topic and partition = :partition and source_id = :source and graph = :graph";

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    public LaneStore(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Makes a topic's partitions known; barriers wait for each of them. */
    public void register(String topic, int partitions) {
        jdbc.sql("""
                        insert into ingestion_partitions (topic, partition)
                        select :topic, generate_series(0, :last) on conflict do nothing
                        """).param("topic", topic).param("last", partitions - 1).update();
    }

    /** Takes a partition over from whoever had it. */
    public PartitionLease own(LogPartition partition) {
        long epoch = jdbc.sql("""
                        insert into ingestion_partitions (topic, partition, epoch) values (:topic, :partition, 1)
                        on conflict (topic, partition)
                        do update set epoch = ingestion_partitions.epoch + 1, updated_at = now()
                        returning epoch
                        """)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query(Long.class)
                .single();
        return new PartitionLease(partition, epoch);
    }

    /** All lanes of a partition. */
    public List<Lane> lanes(LogPartition partition) {
        return jdbc.sql("select * from ingestion_lanes where topic = :topic and partition = :partition")
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query((row, _) -> lane(row))
                .list();
    }

    /** Those of the data sources that are behind in another partition, whose inserts this one must not overtake (I4). */
    public Set<ResourceId> behindElsewhere(LogPartition partition, Collection<ResourceId> sources) {
        if (sources.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(jdbc.sql("""
                        select distinct source_id from ingestion_lanes
                         where source_id in (:sources) and not (topic = :topic and partition = :partition)
                           and barrier_id is null
                        """)
                .param("sources", sources.stream().map(ResourceId::value).toList())
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query((row, _) -> new ResourceId(row.getObject(1, UUID.class)))
                .list());
    }

    /**
     * Opens a lane.
     *
     * @param lane with the end of the attempt that has failed, if there was one
     * @param waiting what the cycle leaves to it
     * @param countedTo the cycle's end
     */
    public void open(PartitionLease lease, Lane lane, Backlog waiting, long countedTo) {
        fenced(lease, () -> insert(lease.partition(), lane, waiting, countedTo));
    }

    boolean insert(LogPartition partition, Lane lane, Backlog waiting, long countedTo) {
        OptionalLong attempt = lane.attemptTo();
        return at("""
                        insert into ingestion_lanes (topic, partition, source_id, graph, workspace_id, next_offset,
                               attempt_to, barrier_id, reason, oldest_at, counted_to, rows_behind, bytes_behind)
                        values (:topic, :partition, :source, :graph, :workspace, :next, :attempt, :barrier, :reason,
                               :oldest, :counted, :rows, :bytes)
                        on conflict do nothing
                        """, partition, lane.key())
                        .param("workspace", lane.workspace().value())
                        .param("next", lane.next())
                        .param("attempt", attempt.isPresent() ? attempt.getAsLong() : null, Types.BIGINT)
                        .param("barrier", lane.barrier(), Types.OTHER)
                        .param("reason", lane.reason())
                        .param("oldest", time(waiting.oldest()), Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("counted", countedTo)
                        .param("rows", waiting.rows())
                        .param("bytes", waiting.bytes())
                        .update()
                == 1;
    }

    /**
     * Records the end of an attempt before its first insert (I3).
     *
     * @param oldest when the first of its rows was accepted
     * @return false when the source has an attempt under way in another partition; nothing is recorded then (I4)
     */
    public boolean attempt(PartitionLease lease, LaneKey key, long to, Instant oldest) {
        return fenced(lease, () -> {
            lock(key.source());
            boolean elsewhere = jdbc.sql("""
                            select exists (select 1 from ingestion_lanes
                                            where source_id = :source and graph = :graph and attempt_to is not null
                                              and not (topic = :topic and partition = :partition))
                            """)
                    .param("source", key.source().value())
                    .param("graph", key.graph())
                    .param("topic", lease.partition().topic())
                    .param("partition", lease.partition().partition())
                    .query(Boolean.class)
                    .single();
            return !elsewhere
                    && at("update ingestion_lanes set attempt_to = :to, oldest_at = :oldest" + AT, lease, key)
                                    .param("to", to)
                                    .param("oldest", time(oldest), Types.TIMESTAMP_WITH_TIMEZONE)
                                    .update()
                            == 1;
        });
    }

    /** The attempt under way is stored. */
    public void advance(PartitionLease lease, LaneKey key, long to, Backlog stored) {
        fenced(
                lease,
                () -> at("""
                        update ingestion_lanes
                           set next_offset = :to, attempt_to = null,
                               rows_behind = case when counted_to <= :to then 0
                                                  else greatest(rows_behind - :rows, 0) end,
                               bytes_behind = case when counted_to <= :to then 0
                                                   else greatest(bytes_behind - :bytes, 0) end,
                               oldest_at = case when counted_to <= :to then null else oldest_at end
                        """ + AT, lease, key)
                                .param("to", to)
                                .param("rows", stored.rows())
                                .param("bytes", stored.bytes())
                                .update()
                        == 1);
    }

    /** Says why the lane is there, in words that may be told to the tenant. */
    public void explain(PartitionLease lease, LaneKey key, String reason) {
        fenced(
                lease,
                () -> at("update ingestion_lanes set reason = :reason" + AT, lease, key)
                                .param("reason", reason)
                                .update()
                        == 1);
    }

    /** Ends a lane that has caught up with the main cycle; false when it has not. */
    public boolean close(PartitionLease lease, LaneKey key, long at) {
        return fenced(lease, () -> delete(lease, key, at));
    }

    boolean delete(PartitionLease lease, LaneKey key, long next) {
        return at(
                                "delete from ingestion_lanes" + AT
                                        + " and next_offset = :next and attempt_to is null and barrier_id is null",
                                lease,
                                key)
                        .param("next", next)
                        .update()
                == 1;
    }

    /** The main cycle [from, to) passes these rows by. Counted once, however often the cycle is repeated. */
    public void passBy(PartitionLease lease, Map<LaneKey, Backlog> waiting, long from, long to) {
        if (waiting.isEmpty()) {
            return;
        }
        fenced(lease, () -> {
            waiting.forEach((key, backlog) -> at("""
                            update ingestion_lanes
                               set counted_to = :to, rows_behind = rows_behind + :rows,
                                   bytes_behind = bytes_behind + :bytes, oldest_at = coalesce(oldest_at, :oldest)
                            """ + AT + " and counted_to <= :from", lease, key)
                    .param("from", from)
                    .param("to", to)
                    .param("rows", backlog.rows())
                    .param("bytes", backlog.bytes())
                    .param("oldest", time(backlog.oldest()), Types.TIMESTAMP_WITH_TIMEZONE)
                    .update());
            return true;
        });
    }

    /** Tells how far a partition is stored. */
    public void progress(PartitionLease lease, long storedTo, @Nullable Instant oldest) {
        fenced(
                lease,
                () -> jdbc.sql("""
                        update ingestion_partitions
                           set stored_to = :stored, oldest_at = :oldest, updated_at = now()
                         where topic = :topic and partition = :partition
                        """)
                                .param("stored", storedTo)
                                .param("oldest", time(oldest), Types.TIMESTAMP_WITH_TIMEZONE)
                                .param("topic", lease.partition().topic())
                                .param("partition", lease.partition().partition())
                                .update()
                        == 1);
    }

    /** Runs a change that no later owner can be overtaken by: its takeover waits for the row that is locked here. */
    boolean fenced(PartitionLease lease, BooleanSupplier change) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            boolean mine = jdbc.sql("""
                            select epoch = :epoch from ingestion_partitions
                             where topic = :topic and partition = :partition for share
                            """)
                    .param("epoch", lease.epoch())
                    .param("topic", lease.partition().topic())
                    .param("partition", lease.partition().partition())
                    .query(Boolean.class)
                    .optional()
                    .orElse(false);
            if (!mine) {
                throw new LeaseLostException(lease);
            }
            return change.getAsBoolean();
        }));
    }

    /** Puts attempts, barriers and direct writers of a source in line, until the transaction ends. */
    void lock(ResourceId source) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:source, 7))::text")
                .param("source", source.value().toString())
                .query(String.class)
                .single();
    }

    private StatementSpec at(String sql, PartitionLease lease, LaneKey key) {
        return at(sql, lease.partition(), key);
    }

    private StatementSpec at(String sql, LogPartition partition, LaneKey key) {
        return jdbc.sql(sql)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .param("source", key.source().value())
                .param("graph", key.graph());
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Lane lane(ResultSet row) throws SQLException {
        long attempt = row.getLong("attempt_to");
        OptionalLong attemptTo = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(attempt);
        return new Lane(
                new LaneKey(new ResourceId(row.getObject("source_id", UUID.class)), row.getString("graph")),
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                row.getLong("next_offset"),
                attemptTo,
                row.getObject("barrier_id", UUID.class),
                row.getString("reason"));
    }
}
