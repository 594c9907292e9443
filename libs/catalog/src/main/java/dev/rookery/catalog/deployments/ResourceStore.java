package dev.rookery.catalog.deployments;

import com.github.f4b6a3.ulid.UlidCreator;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.DeploymentId;
import dev.rookery.catalog.ObjectId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.changes.ChangeTopic;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.workspaces.TenantPlace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The lasting identities of resources, and the generated tables and views behind them. An object is recorded before it
 * is created and until it is dropped, so that whatever a crash leaves behind is found again. Methods that write run in
 * the caller's transaction. Thread safe.
 */
public final class ResourceStore {
    private final JdbcClient jdbc;
    private final ChangeLog changes;

    public ResourceStore(JdbcClient jdbc, ChangeLog changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    /** The id of a resource, made on its first use and the same ever after. */
    public ResourceId identify(WorkspaceId workspace, ResourceKind kind, String name) {
        jdbc.sql("""
                        insert into resources (id, workspace_id, kind, name) values (:id, :workspace, :kind, :name)
                        on conflict (workspace_id, kind, name) do nothing
                        """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("workspace", workspace.value())
                .param("kind", kind.column())
                .param("name", name)
                .update();
        return jdbc.sql("select id from resources where workspace_id = :workspace and kind = :kind and name = :name")
                .param("workspace", workspace.value())
                .param("kind", kind.column())
                .param("name", name)
                .query((row, n) -> new ResourceId(row.getObject("id", UUID.class)))
                .single();
    }

    /** Announces a table or view under a new generated name. */
    public PhysicalObject announce(WorkspaceId workspace, ResourceId resource, PhysicalObject.Kind kind) {
        return insert(workspace, resource, kind, generated(kind == PhysicalObject.Kind.VIEW ? "v_" : "t_"));
    }

    private static String generated(String prefix) {
        return prefix + UlidCreator.getMonotonicUlid().toString().toLowerCase(Locale.ROOT);
    }

    /** The quarantine table of a table, announced if it is new. */
    public PhysicalObject announceQuarantine(WorkspaceId workspace, ResourceId resource, String table) {
        String name = jdbc.sql("""
                        select quarantine from physical_objects
                         where workspace_id = :workspace and name = :table and quarantine is not null
                        """)
                .param("workspace", workspace.value())
                .param("table", table)
                .query(String.class)
                .optional()
                .orElse(DatasourceEntry.quarantineNameOf(table));
        return objects("workspace_id = :value and name = '%s'".formatted(name), workspace.value()).stream()
                .findFirst()
                .orElseGet(() -> insert(workspace, resource, PhysicalObject.Kind.QUARANTINE, name));
    }

    /** Announces a quarantine under a new generated name. */
    public PhysicalObject announceEmptyQuarantine(WorkspaceId workspace, ResourceId resource) {
        return insert(workspace, resource, PhysicalObject.Kind.QUARANTINE, generated("q_"));
    }

    /** The table goes on with a quarantine that another table had, or that is not made yet. */
    public void takeOverQuarantine(PhysicalObject table, String quarantine) {
        jdbc.sql("update physical_objects set quarantine = :quarantine where id = :id")
                .param("quarantine", quarantine)
                .param("id", table.id().value())
                .update();
    }

    private PhysicalObject insert(WorkspaceId workspace, ResourceId resource, PhysicalObject.Kind kind, String name) {
        jdbc.sql("""
                        insert into physical_objects (id, workspace_id, resource_id, kind, name, state)
                        values (:id, :workspace, :resource, :kind, :name, 'creating')
                        on conflict (workspace_id, name) do nothing
                        """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("workspace", workspace.value())
                .param("resource", resource.value())
                .param("kind", kind.column())
                .param("name", name)
                .update();
        return objects("workspace_id = :value and name = '%s'".formatted(name), workspace.value())
                .getFirst();
    }

    /** The objects were created in ClickHouse. */
    public void activate(WorkspaceId workspace, Collection<ObjectId> objects) {
        setState(objects, "active");
        changes.record(ChangeTopic.WORKSPACE, workspace);
    }

    /** Nobody uses the objects any more. */
    public void retire(Collection<PhysicalObject> objects) {
        setState(objects.stream().map(PhysicalObject::id).toList(), "retired");
    }

    /** The objects were dropped from ClickHouse. */
    public void dropped(Collection<ObjectId> objects) {
        setState(objects, "dropped");
    }

    /** Every object of a workspace went with its database. */
    public void droppedAll(WorkspaceId workspace) {
        jdbc.sql("update physical_objects set state = 'dropped', updated_at = now() where workspace_id = :workspace")
                .param("workspace", workspace.value())
                .update();
    }

    private void setState(Collection<ObjectId> objects, String state) {
        for (ObjectId object : objects) {
            jdbc.sql("update physical_objects set state = :state, updated_at = now() where id = :id")
                    .param("state", state)
                    .param("id", object.value())
                    .update();
        }
    }

    /** The object that serves a resource in a deployment. */
    public Optional<PhysicalObject> serving(DeploymentId deployment, ResourceId resource) {
        return objects(
                        "id = (select object_id from deployment_resources where deployment_id = :value and resource_id = '%s')"
                                .formatted(resource.value()),
                        deployment.value())
                .stream()
                .findFirst();
    }

    /**
     * Gives the place of an object in the live deployment to another one.
     *
     * @return false when the deployment does not use it
     */
    public boolean exchange(DeploymentId deployment, ObjectId before, ObjectId after) {
        return jdbc.sql("""
                        update deployment_resources set object_id = :after
                         where deployment_id = :deployment and object_id = :before
                        """)
                        .param("deployment", deployment.value())
                        .param("before", before.value())
                        .param("after", after.value())
                        .update()
                == 1;
    }

    /** The object of that name. */
    public Optional<PhysicalObject> find(WorkspaceId workspace, String name) {
        return jdbc.sql("select * from physical_objects where workspace_id = :workspace and name = :name")
                .param("workspace", workspace.value())
                .param("name", name)
                .query((row, n) -> object(row))
                .optional();
    }

    /** Retires an object that serves no deployment, unless that has happened already. */
    public void retireMade(ObjectId object) {
        jdbc.sql("""
                        update physical_objects set state = 'retired', updated_at = now()
                         where id = :id and state in ('creating', 'active')
                           and not exists (select 1 from deployment_resources where object_id = :id)
                        """).param("id", object.value()).update();
    }

    /** Retires every object of the workspace that no live deployment, candidate or data operation uses. */
    public void retireUnused(WorkspaceId workspace) {
        jdbc.sql("""
                        with used as (
                            select o.name, o.quarantine from physical_objects o
                              join deployment_resources r on r.object_id = o.id
                              join deployments d on d.id = r.deployment_id
                             where d.workspace_id = :workspace
                               and (d.live or (d.promoted_at is null and d.status not in ('deleting', 'deleted')))
                             union all
                            select o.name, o.quarantine from physical_objects o
                              join staging_objects s on s.object_id = o.id
                              join deployments d on d.id = s.deployment_id
                             where d.workspace_id = :workspace
                               and (d.live or (d.promoted_at is null and d.status not in ('deleting', 'deleted')))
                             union all
                            select o.name, o.quarantine from physical_objects o
                              join data_operation_objects s on s.object_id = o.id
                              join data_operations d on d.id = s.operation_id
                             where d.workspace_id = :workspace and d.state <> 'done'
                             union all
                            -- What an import has collected and not put in place yet.
                            select j.request ->> 'scratch', null from jobs j
                             where j.workspace_id = :workspace and j.finished_at is null
                               and j.request ->> 'scratch' is not null)
                        update physical_objects o set state = 'retired', updated_at = now()
                         where o.workspace_id = :workspace and o.state in ('creating', 'active')
                           and o.name not in (select name from used)
                           and (o.kind <> 'quarantine'
                                or o.name not in (select coalesce(quarantine, 'q' || substr(name, 2)) from used))
                        """).param("workspace", workspace.value()).update();
        changes.record(ChangeTopic.WORKSPACE, workspace);
    }

    /** An object that nobody uses any more, and the workspace it is in. */
    public record Retired(WorkspaceId workspace, PhysicalObject object) {}

    /** What was retired at least so long ago in workspaces that exist, views before the tables they read from. */
    public List<Retired> retired(Duration age) {
        return jdbc.sql("""
                        select * from physical_objects
                         where state = 'retired' and updated_at < now() - :age::interval
                           and workspace_id in (select id from workspaces where deleted_at is null)
                         order by kind = 'view' desc, name
                        """)
                .param("age", age.toMillis() + " milliseconds")
                .query((row, n) -> new Retired(new WorkspaceId(row.getObject("workspace_id", UUID.class)), object(row)))
                .list();
    }

    /** A workspace that is deleted, and where its data is. */
    public record Deleted(WorkspaceId workspace, TenantPlace place) {}

    /** Deleted workspaces with tables or views that are not dropped yet, when they were deleted at least so long ago. */
    public List<Deleted> deleted(Duration age) {
        return jdbc.sql("""
                        select w.id, w.cluster_id, w.slot from workspaces w
                         where w.deleted_at < now() - :age::interval
                           and exists (select 1 from physical_objects o
                                        where o.workspace_id = w.id and o.state <> 'dropped')
                        """)
                .param("age", age.toMillis() + " milliseconds")
                .query((row, n) -> new Deleted(
                        new WorkspaceId(row.getObject("id", UUID.class)),
                        new TenantPlace(new ClusterId(row.getObject("cluster_id", UUID.class)), row.getInt("slot"))))
                .list();
    }

    private List<PhysicalObject> objects(String where, Object value) {
        return jdbc.sql("select * from physical_objects where " + where)
                .param("value", value)
                .query((row, n) -> object(row))
                .list();
    }

    private static PhysicalObject object(ResultSet row) throws SQLException {
        return new PhysicalObject(
                new ObjectId(row.getObject("id", UUID.class)),
                new ResourceId(row.getObject("resource_id", UUID.class)),
                PhysicalObject.Kind.of(row.getString("kind")),
                row.getString("name"));
    }
}
