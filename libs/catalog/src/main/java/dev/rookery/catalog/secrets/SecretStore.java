package dev.rookery.catalog.secrets;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.keys.Sealed;
import dev.rookery.catalog.keys.Sealer;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A workspace's secrets; values are sealed in Postgres. Methods that write run in the caller's transaction. Thread safe. */
public final class SecretStore {
    private final JdbcClient jdbc;
    private final Sealer sealer;

    public SecretStore(JdbcClient jdbc, Sealer sealer) {
        this.jdbc = jdbc;
        this.sealer = sealer;
    }

    /** Creates a secret or gives it a new value. */
    public void put(WorkspaceId workspace, String name, String value, String editedBy) {
        Sealed sealed = sealer.seal(value, place(workspace, name));
        jdbc.sql("""
                        insert into secrets (id, workspace_id, name, value, key_id, edited_by)
                        values (:id, :workspace, :name, :value, :key, :editedBy)
                        on conflict (workspace_id, name) do update
                           set value = excluded.value, key_id = excluded.key_id, edited_by = excluded.edited_by,
                               updated_at = clock_timestamp()
                        """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("workspace", workspace.value())
                .param("name", name)
                .param("value", sealed.bytes())
                .param("key", sealed.keyId())
                .param("editedBy", editedBy)
                .update();
    }

    /** A workspace's secrets by name. */
    public List<Secret> list(WorkspaceId workspace) {
        return jdbc.sql("""
                        select name, edited_by, created_at, updated_at from secrets
                         where workspace_id = :workspace order by name
                        """)
                .param("workspace", workspace.value())
                .query((row, n) -> new Secret(
                        row.getString("name"),
                        row.getString("edited_by"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("updated_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** A secret's value. */
    public Optional<String> value(WorkspaceId workspace, String name) {
        return jdbc.sql("select value, key_id from secrets where workspace_id = :workspace and name = :name")
                .param("workspace", workspace.value())
                .param("name", name)
                .query((row, n) ->
                        sealer.open(new Sealed(row.getString("key_id"), row.getBytes("value")), place(workspace, name)))
                .optional();
    }

    /** @return whether there was one */
    public boolean delete(WorkspaceId workspace, String name) {
        return jdbc.sql("delete from secrets where workspace_id = :workspace and name = :name")
                        .param("workspace", workspace.value())
                        .param("name", name)
                        .update()
                == 1;
    }

    private static String place(WorkspaceId workspace, String name) {
        return "secrets/" + workspace + "/" + name;
    }
}
