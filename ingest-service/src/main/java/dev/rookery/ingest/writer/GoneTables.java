package dev.rookery.ingest.writer;

import dev.rookery.catalog.WorkspaceId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether a table that ClickHouse does not know was dropped on purpose. Thread safe. */
final class GoneTables {
    private final JdbcClient jdbc;

    GoneTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the catalog has retired or forgotten the table, or its workspace. */
    boolean isGone(WorkspaceId workspace, String table) {
        Optional<Boolean> gone = jdbc.sql("""
                        select o.state in ('retired', 'dropped') or w.deleted_at is not null
                          from physical_objects o
                          join workspaces w on w.id = o.workspace_id
                         where o.workspace_id = :workspace and o.name = :name
                        """)
                .param("workspace", workspace.value())
                .param("name", table)
                .query(Boolean.class)
                .optional();
        return gone.orElse(true);
    }
}
