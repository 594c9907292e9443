package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How barriers end. All methods run in the caller's transaction. */
final class BarrierRelease {
    private final JdbcClient jdbc;
    private final LaneStore lanes;
    private final WritePlans plans;

    BarrierRelease(JdbcClient jdbc, LaneStore lanes, WritePlans plans) {
        this.jdbc = jdbc;
        this.lanes = lanes;
        this.plans = plans;
    }

    /** Gives up a barrier that was not begun; does nothing to any other. */
    void undo(UUID barrier) {
        int undone = jdbc.sql("""
                        update barriers set state = 'undone', updated_at = now() where id = :id and state = 'asked'
                        """).param("id", barrier).update();
        if (undone == 1) {
            clearHolds(barrier);
        }
    }

    private record Hold(
            LogPartition partition,
            ResourceId source,
            WorkspaceId workspace,
            long next,
            long counted,
            Backlog waiting) {
        static Hold of(ResultSet row) throws SQLException {
            var oldest = row.getObject("oldest_at", java.time.OffsetDateTime.class);
            return new Hold(
                    new LogPartition(row.getString("topic"), row.getInt("partition")),
                    new ResourceId(row.getObject("source_id", UUID.class)),
                    new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                    row.getLong("next_offset"),
                    row.getLong("counted_to"),
                    new Backlog(
                            row.getLong("rows_behind"),
                            row.getLong("bytes_behind"),
                            oldest == null ? null : oldest.toInstant()));
        }
    }

    /** From its boundary on, each source goes on in a lane for each graph of its plan. */
    void clearHolds(UUID barrier) {
        List<Hold> holds = jdbc.sql("delete from ingestion_lanes where barrier_id = :id returning *")
                .param("id", barrier)
                .query((row, _) -> Hold.of(row))
                .list();
        for (Hold hold : holds) {
            for (String graph : plans.current(hold.source()).graphs()) {
                lanes.insert(
                        hold.partition(),
                        new Lane(
                                new LaneKey(hold.source(), graph),
                                hold.workspace(),
                                hold.next(),
                                OptionalLong.empty(),
                                null,
                                "the data source was changed a moment ago"),
                        hold.waiting(),
                        hold.counted());
            }
        }
    }
}
