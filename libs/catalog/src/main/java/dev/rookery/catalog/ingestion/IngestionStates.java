package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which data sources are stored late, and which views have stopped, for APIs and metrics. Thread safe. */
public final class IngestionStates {
    private static final String DELAYS = """
            select source_id, min(opened_at) as since, min(reason) as reason, min(oldest_at) as oldest,
                   sum(rows_behind) as rows, sum(bytes_behind) as bytes
              from ingestion_lanes where graph = 'live'
            """;

    private final JdbcClient jdbc;

    public IngestionStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The data sources of a workspace that are behind. */
    public Map<ResourceId, SourceDelay> delays(WorkspaceId workspace) {
        return bySource(jdbc.sql(DELAYS + " and workspace_id = :workspace group by source_id")
                .param("workspace", workspace.value())
                .query((row, _) -> delay(row))
                .list());
    }

    /**
     * The data sources that are further behind than is safe, of all workspaces: the Events API answers 429 for them.
     *
     * @param age of the oldest row that is not stored
     * @param bytes that wait
     */
    public Map<ResourceId, SourceDelay> beyond(Duration age, long bytes) {
        return bySource(jdbc.sql(DELAYS + """
                         group by source_id
                        having min(oldest_at) < now() - :age::interval or sum(bytes_behind) >= :bytes
                        """)
                .param("age", age.toMillis() + " milliseconds")
                .param("bytes", bytes)
                .query((row, _) -> delay(row))
                .list());
    }

    /** The partitions whose oldest row that is not stored is older: nothing of them is stored at the moment. */
    public Set<LogPartition> partitionsBeyond(Duration age) {
        return Set.copyOf(jdbc.sql("""
                        select topic, partition from ingestion_partitions where oldest_at < now() - :age::interval
                        """)
                .param("age", age.toMillis() + " milliseconds")
                .query((row, _) -> new LogPartition(row.getString("topic"), row.getInt("partition")))
                .list());
    }

    /** How many rows wait in lanes, by topic; topics without any are left out. */
    public Map<String, Long> rowsBehind() {
        Map<String, Long> rows = new HashMap<>();
        jdbc.sql("select topic, sum(rows_behind) as rows from ingestion_lanes where graph = 'live' group by topic")
                .query(row -> {
                    rows.put(row.getString("topic"), row.getLong("rows"));
                });
        return rows;
    }

    /** The views of a workspace that have left the write plan and wait for a deployment to recompute them. */
    public List<StaleView> staleViews(WorkspaceId workspace) {
        return jdbc.sql("""
                        select view, source_id, reason, since from stale_views
                         where workspace_id = :workspace order by since
                        """)
                .param("workspace", workspace.value())
                .query((row, _) -> new StaleView(
                        row.getString("view"),
                        new ResourceId(row.getObject("source_id", UUID.class)),
                        row.getString("reason"),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Marks a view as out of date, before it is dropped. */
    public void markStale(WorkspaceId workspace, ResourceId source, String view, String reason) {
        jdbc.sql("""
                        insert into stale_views (workspace_id, view, source_id, reason)
                        values (:workspace, :view, :source, :reason) on conflict do nothing
                        """)
                .param("workspace", workspace.value())
                .param("view", view)
                .param("source", source.value())
                .param("reason", reason)
                .update();
    }

    private static Map<ResourceId, SourceDelay> bySource(List<SourceDelay> delays) {
        Map<ResourceId, SourceDelay> result = new HashMap<>();
        delays.forEach(delay -> result.put(delay.source(), delay));
        return Map.copyOf(result);
    }

    private static SourceDelay delay(ResultSet row) throws SQLException {
        OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
        return new SourceDelay(
                new ResourceId(row.getObject("source_id", UUID.class)),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                new Backlog(row.getLong("rows"), row.getLong("bytes"), oldest == null ? null : oldest.toInstant()));
    }
}
