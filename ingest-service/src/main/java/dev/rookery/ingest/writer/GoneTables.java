package dev.rookery.ingest.writer;

import dev.rookery.ingest.log.Target;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether a table that ClickHouse does not know was dropped on purpose. Thread safe. */
final class GoneTables {
    private final JdbcClient jdbc;

    GoneTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether the catalog has retired or forgotten the table, or its workspace. */
    boolean isGone(Target target) {
        Optional<Boolean> gone = jdbc.sql("""
                        select o.state in ('retired', 'dropped') or w.deleted_at is not null
                          from physical_objects o
                          join workspaces w on w.id = o.workspace_id
                         where o.workspace_id = :workspace and o.name = :name
                        """)
                .param("workspace", target.workspace().value())
                .param("name", target.table())
                .query(Boolean.class)
                .optional();
        return gone.orElse(true);
    }
}
