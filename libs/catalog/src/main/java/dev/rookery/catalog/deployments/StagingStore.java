package dev.rookery.catalog.deployments;

import dev.rookery.catalog.DeploymentId;
import dev.rookery.catalog.ObjectId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is recorded of a deployment's staging: its tables and views, and how far the moving of rows has come. Methods that
 * write run in the caller's transaction. Thread safe.
 */
public final class StagingStore {
    private static final String PENDING = """
            (d.promoted_at > now() - :margin::interval
              or exists (select 1 from ingestion_lanes l join staging_objects s on s.resource_id = l.source_id
                          where s.deployment_id = d.id and s.role = 'entry')
              or exists (select 1 from ingestion_partitions p where p.oldest_at < d.promoted_at + :margin::interval))
            """;

    private final JdbcClient jdbc;

    public StagingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Records what an announced object is for. */
    public void put(DeploymentId deployment, StagingRole role, PhysicalObject object) {
        jdbc.sql("""
                        insert into staging_objects (deployment_id, role, resource_id, object_id)
                        values (:deployment, :role, :resource, :object)
                        """)
                .param("deployment", deployment.value())
                .param("role", role.column())
                .param("resource", object.resource().value())
                .param("object", object.id().value())
                .update();
    }

    /** Another object takes the place of the one in that role. */
    public void exchange(DeploymentId deployment, StagingRole role, PhysicalObject object) {
        jdbc.sql("""
                        update staging_objects set object_id = :object
                         where deployment_id = :deployment and role = :role and resource_id = :resource
                        """)
                .param("deployment", deployment.value())
                .param("role", role.column())
                .param("resource", object.resource().value())
                .param("object", object.id().value())
                .update();
    }

    /** The objects of a deployment by what they are for and whose they are. */
    public Map<StagingRole, Map<ResourceId, PhysicalObject>> objects(DeploymentId deployment) {
        Map<StagingRole, Map<ResourceId, PhysicalObject>> found = new EnumMap<>(StagingRole.class);
        jdbc.sql("""
                        select s.role, o.* from staging_objects s join physical_objects o on o.id = s.object_id
                         where s.deployment_id = :deployment
                        """).param("deployment", deployment.value()).query(row -> {
            var resource = new ResourceId(row.getObject("resource_id", UUID.class));
            found.computeIfAbsent(StagingRole.of(row.getString("role")), _ -> new HashMap<>())
                    .put(
                            resource,
                            new PhysicalObject(
                                    new ObjectId(row.getObject("id", UUID.class)),
                                    resource,
                                    PhysicalObject.Kind.of(row.getString("kind")),
                                    row.getString("name")));
        });
        return found;
    }

    /** Forgets objects, which are unused then. */
    public void forget(DeploymentId deployment, Collection<StagingRole> roles) {
        jdbc.sql("delete from staging_objects where deployment_id = :deployment and role in (:roles)")
                .param("deployment", deployment.value())
                .param("roles", roles.stream().map(StagingRole::column).toList())
                .update();
    }

    /** Forgets the entries of a deployment that has gone live, but for those of data sources that have a new table. */
    public void forgetEntriesExcept(DeploymentId deployment, Collection<ResourceId> kept) {
        jdbc.sql("""
                        delete from staging_objects
                         where deployment_id = :deployment and role in ('entry', 'entry_view')
                           and not (resource_id = any(:kept))
                        """)
                .param("deployment", deployment.value())
                .param("kept", kept.stream().map(ResourceId::value).toArray(UUID[]::new))
                .update();
    }

    /** Live deployments with entries that no row can reach any more: every row of before the promotion is stored. */
    public List<LiveEntries> drained(Duration margin) {
        return entries("not " + PENDING, margin);
    }

    /** Whether rows of before a live deployment's promotion may still reach one of its entries. */
    public boolean isDraining(DeploymentId deployment, Duration margin) {
        return entries(PENDING, margin).stream()
                .anyMatch(entries -> entries.deployment().equals(deployment));
    }

    /** A live deployment that still has entries. */
    public record LiveEntries(DeploymentId deployment, WorkspaceId workspace) {}

    private List<LiveEntries> entries(String condition, Duration margin) {
        return jdbc.sql("""
                        select d.id, d.workspace_id from deployments d
                         where d.live
                           and exists (select 1 from staging_objects s where s.deployment_id = d.id and s.role = 'entry')
                           and
                        """ + condition)
                .param("margin", margin.toMillis() + " milliseconds")
                .query((row, _) -> new LiveEntries(
                        new DeploymentId(row.getObject("id", UUID.class)),
                        new WorkspaceId(row.getObject("workspace_id", UUID.class))))
                .list();
    }

    /**
     * Why views of a candidate have left the write plan (ALGORITHMS.md 5): its tables lack rows that have arrived since.
     * Views that the live deployment has as well are not meant.
     */
    public List<String> failures(DeploymentId deployment) {
        return jdbc.sql("""
                        select v.reason from stale_views v
                          join physical_objects o on o.workspace_id = v.workspace_id and o.name = v.view
                         where o.id in (select object_id from staging_objects where deployment_id = :deployment
                                         union all
                                        select object_id from deployment_resources where deployment_id = :deployment)
                           and o.id not in (select r.object_id from deployment_resources r
                                              join deployments d on d.id = r.deployment_id
                                             where d.live and d.workspace_id = v.workspace_id
                                               and r.object_id is not null)
                        """)
                .param("deployment", deployment.value())
                .query(String.class)
                .list();
    }

    /** Forgets that views are out of date which no deployment has any more. */
    public void forgetReplacedViews(WorkspaceId workspace) {
        jdbc.sql("""
                        delete from stale_views v
                         where v.workspace_id = :workspace
                           and not exists (select 1 from physical_objects o
                                             join deployment_resources r on r.object_id = o.id
                                             join deployments d on d.id = r.deployment_id
                                            where o.workspace_id = v.workspace_id and o.name = v.view and d.live)
                        """).param("workspace", workspace.value()).update();
    }

    /** Whether arriving rows reach the deployment's tables. */
    public boolean isForked(DeploymentId deployment) {
        return jdbc.sql("select forked_at is not null from deployments where id = :id")
                .param("id", deployment.value())
                .query(Boolean.class)
                .single();
    }

    /** From now on they do. */
    public void forked(DeploymentId deployment) {
        jdbc.sql("update deployments set forked_at = now(), updated_at = now() where id = :id")
                .param("id", deployment.value())
                .update();
    }

    /** Lets a deployment go live by itself once it is staged. */
    public void promoteWhenReady(DeploymentId deployment) {
        jdbc.sql("update deployments set auto_promote = true where id = :id")
                .param("id", deployment.value())
                .update();
    }

    /** Whether it does. */
    public boolean isPromotedWhenReady(DeploymentId deployment) {
        return jdbc.sql("select auto_promote from deployments where id = :id")
                .param("id", deployment.value())
                .query(Boolean.class)
                .single();
    }

    /** How far a clone's partition has come. */
    public enum MoveState {
        /** Its rows are being collected; a retry begins with empty scratch tables. */
        FILLING,
        /** They are all collected and are being moved; a retry moves what is left. */
        MOVING,
        DONE
    }

    /** How far the partitions of a data source's clone have come that were begun, by partition id. */
    public Map<String, MoveState> moves(DeploymentId deployment, ResourceId source) {
        Map<String, MoveState> found = new HashMap<>();
        jdbc.sql("""
                        select partition_id, state from moved_partitions
                         where deployment_id = :deployment and source_id = :source
                        """)
                .param("deployment", deployment.value())
                .param("source", source.value())
                .query(row -> {
                    found.put(
                            row.getString("partition_id"),
                            MoveState.valueOf(row.getString("state").toUpperCase(java.util.Locale.ROOT)));
                });
        return found;
    }

    /** Records how far a partition has come. */
    public void move(DeploymentId deployment, ResourceId source, String partition, MoveState state) {
        jdbc.sql("""
                        insert into moved_partitions (deployment_id, source_id, partition_id, state)
                        values (:deployment, :source, :partition, :state)
                        on conflict (deployment_id, source_id, partition_id)
                        do update set state = excluded.state, updated_at = now()
                        """)
                .param("deployment", deployment.value())
                .param("source", source.value())
                .param("partition", partition)
                .param("state", state.name().toLowerCase(java.util.Locale.ROOT))
                .update();
        jdbc.sql("update deployments set updated_at = now() where id = :deployment")
                .param("deployment", deployment.value())
                .update();
    }

    /** Records what clients are told. */
    public void putMovements(DeploymentId deployment, List<DataMovement> movements) {
        for (int i = 0; i < movements.size(); i++) {
            DataMovement movement = movements.get(i);
            jdbc.sql("insert into data_movements values (:deployment, :ordinal, :datasource, :kind, :pipe)")
                    .param("deployment", deployment.value())
                    .param("ordinal", i)
                    .param("datasource", movement.datasource())
                    .param("kind", movement.kind().text())
                    .param("pipe", movement.pipe(), java.sql.Types.VARCHAR)
                    .update();
        }
    }

    /** What clients are told. */
    public List<DataMovement> movements(DeploymentId deployment) {
        return jdbc.sql("""
                        select datasource_name, kind, source_mv_name from data_movements
                         where deployment_id = :deployment order by ordinal
                        """)
                .param("deployment", deployment.value())
                .query((row, _) -> new DataMovement(
                        row.getString("datasource_name"),
                        DataMovement.Kind.of(row.getString("kind")),
                        row.getString("source_mv_name")))
                .list();
    }
}
