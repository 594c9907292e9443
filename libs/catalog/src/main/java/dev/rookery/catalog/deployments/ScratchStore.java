package dev.rookery.catalog.deployments;

import dev.rookery.catalog.WorkspaceId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tables that were announced for a job, and not for a deployment. Methods run in the caller's transaction. Thread safe. */
public final class ScratchStore {
    private final JdbcClient jdbc;

    public ScratchStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Notes that an announced table is there and will be used: from the transaction's end on by the job that names it.
     *
     * @return false when it was retired before, as what nobody names is
     */
    public boolean keep(WorkspaceId workspace, String name) {
        return set(workspace, name, "active") == 1;
    }

    /** The table is of no use any more; nothing happens when it is retired or gone. */
    public void retire(WorkspaceId workspace, String name) {
        var _ = set(workspace, name, "retired");
    }

    private int set(WorkspaceId workspace, String name, String state) {
        return jdbc.sql("""
                        update physical_objects set state = :state, updated_at = now()
                         where workspace_id = :workspace and name = :name and state in ('creating', 'active')
                        """)
                .param("state", state)
                .param("workspace", workspace.value())
                .param("name", name)
                .update();
    }
}
