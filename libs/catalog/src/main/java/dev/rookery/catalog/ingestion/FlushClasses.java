package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.changes.ChangeTopic;
import dev.rookery.catalog.clusters.FlushClass;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How often the rows of a workspace are inserted (ALGORITHMS.md 11). Thread safe. */
public final class FlushClasses {
    private final JdbcClient jdbc;
    private final ChangeLog changes;

    public FlushClasses(JdbcClient jdbc, ChangeLog changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    /** The class of a workspace; FAST unless another was set. */
    public FlushClass of(WorkspaceId workspace) {
        return jdbc.sql("select flush_class from workspace_flush_classes where workspace_id = :workspace")
                .param("workspace", workspace.value())
                .query(String.class)
                .optional()
                .map(text -> FlushClass.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(FlushClass.FAST);
    }

    /** Sets the class, for rows that are accepted from now on. In the caller's transaction. */
    public void put(WorkspaceId workspace, FlushClass flushClass) {
        jdbc.sql("""
                        insert into workspace_flush_classes values (:workspace, :class)
                        on conflict (workspace_id) do update set flush_class = excluded.flush_class
                        """)
                .param("workspace", workspace.value())
                .param("class", flushClass.name().toLowerCase(Locale.ROOT))
                .update();
        changes.record(ChangeTopic.WORKSPACE, workspace);
    }
}
