package dev.rookery.catalog.secrets;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.changes.ChangeTopic;
import dev.rookery.catalog.keys.Sealed;
import dev.rookery.catalog.keys.Sealer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A workspace's secrets; values are sealed in Postgres. Methods that write run in the caller's transaction, and record a
 * change of the workspace. Thread safe.
 */
public final class SecretStore {
    /** Secrets of one workspace at most (SEC-7). */
    public static final int MAX_SECRETS = 100;

    /** The longest value, in bytes of UTF-8 (E-11). */
    public static final int MAX_VALUE_BYTES = 8 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private final JdbcClient jdbc;
    private final Sealer sealer;
    private final ChangeLog changes;

    public SecretStore(JdbcClient jdbc, Sealer sealer, ChangeLog changes) {
        this.jdbc = jdbc;
        this.sealer = sealer;
        this.changes = changes;
    }

    /**
     * A new secret.
     *
     * @throws CatalogException CONFLICT when there is one of that name, INVALID when the name or the value is not allowed
     *     or the workspace is full
     */
    public void create(WorkspaceId workspace, String name, String value, String editedBy) {
        requireValid(name, value);
        // Locked, or two requests at once would both find the last free place.
        jdbc.sql("select id from workspaces where id = :workspace for no key update")
                .param("workspace", workspace.value())
                .query()
                .singleValue();
        if (find(workspace, name).isPresent()) {
            throw new CatalogException(Kind.CONFLICT, "The variable '%s' exists already".formatted(name));
        }
        if (list(workspace).size() >= MAX_SECRETS) {
            throw new CatalogException(
                    Kind.INVALID,
                    "The workspace has %d variables, which is the most there can be; delete one first"
                            .formatted(MAX_SECRETS));
        }
        put(workspace, name, value, editedBy);
    }

    /**
     * Gives a secret another value.
     *
     * @return whether there was one
     * @throws CatalogException INVALID when the value is not allowed
     */
    public boolean update(WorkspaceId workspace, String name, String value, String editedBy) {
        if (find(workspace, name).isEmpty()) {
            return false;
        }
        requireValid(name, value);
        put(workspace, name, value, editedBy);
        return true;
    }

    /** Creates a secret or gives it a new value, whatever their number. */
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
        changes.record(ChangeTopic.WORKSPACE, workspace);
    }

    /** A workspace's secrets by name. */
    public List<Secret> list(WorkspaceId workspace) {
        return jdbc.sql("""
                        select name, edited_by, created_at, updated_at from secrets
                         where workspace_id = :workspace order by name
                        """)
                .param("workspace", workspace.value())
                .query((row, n) -> secret(row))
                .list();
    }

    /** One secret, without its value. */
    public Optional<Secret> find(WorkspaceId workspace, String name) {
        return jdbc.sql("""
                        select name, edited_by, created_at, updated_at from secrets
                         where workspace_id = :workspace and name = :name
                        """)
                .param("workspace", workspace.value())
                .param("name", name)
                .query((row, n) -> secret(row))
                .optional();
    }

    /** All secrets of a workspace with their values, which stay sealed until they are asked for. */
    public WorkspaceSecrets of(WorkspaceId workspace) {
        Map<String, Sealed> sealed = new HashMap<>();
        jdbc.sql("select name, value, key_id from secrets where workspace_id = :workspace")
                .param("workspace", workspace.value())
                .query(row -> {
                    sealed.put(row.getString("name"), new Sealed(row.getString("key_id"), row.getBytes("value")));
                });
        return new WorkspaceSecrets(sealed, sealer, name -> place(workspace, name));
    }

    /** @return whether there was one */
    public boolean delete(WorkspaceId workspace, String name) {
        boolean deleted = jdbc.sql("delete from secrets where workspace_id = :workspace and name = :name")
                        .param("workspace", workspace.value())
                        .param("name", name)
                        .update()
                == 1;
        if (deleted) {
            changes.record(ChangeTopic.WORKSPACE, workspace);
        }
        return deleted;
    }

    private static Secret secret(ResultSet row) throws SQLException {
        return new Secret(
                row.getString("name"),
                row.getString("edited_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static void requireValid(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new CatalogException(
                    Kind.INVALID,
                    "The name of a variable consists of letters, digits and underscores, starts with no digit, and has at most 128 characters");
        }
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_VALUE_BYTES) {
            throw new CatalogException(
                    Kind.INVALID,
                    "The value of a variable has at most %d bytes; this one has %d".formatted(MAX_VALUE_BYTES, bytes));
        }
    }

    private static String place(WorkspaceId workspace, String name) {
        return "secrets/" + workspace + "/" + name;
    }
}
