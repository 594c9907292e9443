package dev.rookery.catalog.operations;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.JobId;
import dev.rookery.catalog.ObjectId;
import dev.rookery.catalog.OperationId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.deployments.PhysicalObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Data operations in Postgres. Methods that write run in the caller's transaction. Thread safe. */
public final class OperationStore {
    private final JdbcClient jdbc;

    public OperationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Begins an operation. The caller has locked the workspace's live deployment, so that none begins meanwhile.
     *
     * @param claims the data sources and pipes whose tables and views it exchanges, or deletes rows of; at least one
     * @throws CatalogException CONFLICT when a deployment is on its way, or another operation has claimed one of them
     */
    public DataOperation begin(
            WorkspaceId workspace,
            ResourceId resource,
            DataOperation.Kind kind,
            @Nullable JobId job,
            Collection<ResourceId> claims) {
        boolean deploying = jdbc.sql("""
                        select exists (select 1 from deployments where workspace_id = :workspace and not live
                                          and promoted_at is null and status not in ('deleting', 'deleted'))
                        """)
                .param("workspace", workspace.value())
                .query(Boolean.class)
                .single();
        if (deploying) {
            throw new CatalogException(
                    Kind.CONFLICT,
                    "There is a deployment in progress, which has been made from the rows as they are; promote or discard it first");
        }
        boolean claimed = jdbc.sql("""
                        select exists (select 1 from data_operation_claims c join data_operations o on o.id = c.operation_id
                                        where c.resource_id in (:claims) and not (o.kind = 'delete' and :kind = 'delete'))
                        """)
                .param("claims", claims.stream().map(ResourceId::value).toList())
                .param("kind", kind.column())
                .query(Boolean.class)
                .single();
        if (claimed) {
            throw new CatalogException(
                    Kind.CONFLICT,
                    "The data source, or one that depends on it, is being truncated, replaced or deleted from; try again");
        }
        UUID id = UuidCreator.getTimeOrderedEpoch();
        jdbc.sql("""
                        insert into data_operations (id, workspace_id, resource_id, kind, job_id)
                        values (:id, :workspace, :resource, :kind, :job)
                        """)
                .param("id", id)
                .param("workspace", workspace.value())
                .param("resource", resource.value())
                .param("kind", kind.column())
                .param("job", job == null ? null : job.value(), Types.OTHER)
                .update();
        claims.forEach(
                claim -> jdbc.sql("insert into data_operation_claims (resource_id, operation_id) values (:claim, :id)")
                        .param("claim", claim.value())
                        .param("id", id)
                        .update());
        return find(new OperationId(id)).orElseThrow();
    }

    public Optional<DataOperation> find(OperationId id) {
        return jdbc.sql("select * from data_operations where id = :id")
                .param("id", id.value())
                .query((row, _) -> operation(row))
                .optional();
    }

    /** The operation that a job does, once it has begun it. */
    public Optional<DataOperation> of(JobId job) {
        return jdbc.sql("select * from data_operations where job_id = :job")
                .param("job", job.value())
                .query((row, _) -> operation(row))
                .optional();
    }

    /** Locks an operation until the transaction ends; empty when it is gone or done. */
    public Optional<DataOperation> lock(OperationId id) {
        return jdbc.sql("select * from data_operations where id = :id and state <> 'done' for update")
                .param("id", id.value())
                .query((row, _) -> operation(row))
                .optional();
    }

    /** Says how far it has come. */
    public void setState(OperationId id, DataOperation.State state) {
        jdbc.sql("update data_operations set state = :state, updated_at = now() where id = :id")
                .param("state", state.column())
                .param("id", id.value())
                .update();
    }

    /** Ends it, whether it has changed anything or not: what it claimed is free, and what it made is unused. */
    public void end(OperationId id) {
        setState(id, DataOperation.State.DONE);
        jdbc.sql("delete from data_operation_claims where operation_id = :id")
                .param("id", id.value())
                .update();
        jdbc.sql("delete from data_operation_objects where operation_id = :id")
                .param("id", id.value())
                .update();
    }

    /** Records what an announced object is for; it takes the place of any other in that role. */
    public void put(OperationId id, OperationRole role, PhysicalObject object) {
        jdbc.sql("""
                        insert into data_operation_objects (operation_id, role, resource_id, object_id)
                        values (:id, :role, :resource, :object)
                        on conflict (operation_id, role, resource_id) do update set object_id = excluded.object_id
                        """)
                .param("id", id.value())
                .param("role", role.column())
                .param("resource", object.resource().value())
                .param("object", object.id().value())
                .update();
    }

    /** The objects of a role by whose they are. */
    public Map<ResourceId, PhysicalObject> objects(OperationId id, OperationRole role) {
        Map<ResourceId, PhysicalObject> found = new HashMap<>();
        jdbc.sql("""
                        select s.resource_id as owner, o.* from data_operation_objects s
                          join physical_objects o on o.id = s.object_id
                         where s.operation_id = :id and s.role = :role
                        """).param("id", id.value()).param("role", role.column()).query(row -> {
            found.put(
                    new ResourceId(row.getObject("owner", UUID.class)),
                    new PhysicalObject(
                            new ObjectId(row.getObject("id", UUID.class)),
                            new ResourceId(row.getObject("resource_id", UUID.class)),
                            PhysicalObject.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                            row.getString("name")));
        });
        return found;
    }

    /** The operations of a workspace that are not done. */
    public List<DataOperation> open(WorkspaceId workspace) {
        return jdbc.sql("select * from data_operations where workspace_id = :workspace and state <> 'done'")
                .param("workspace", workspace.value())
                .query((row, _) -> operation(row))
                .list();
    }

    /** Whether a barrier of the operation is being kept: its critical section must be brought to its end first. */
    public boolean isInSection(OperationId id) {
        return jdbc.sql("""
                        select exists (select 1 from barriers where payload = :id and state in ('asked', 'begun'))
                        """).param("id", id.toString()).query(Boolean.class).single();
    }

    /** Operations that nobody is at: without a job, begun at least so long ago, in no critical section. */
    public List<OperationId> stranded(Duration age) {
        return jdbc.sql("""
                        select o.id from data_operations o
                         where o.state <> 'done' and o.job_id is null and o.created_at < now() - :age::interval
                           and not exists (select 1 from barriers b
                                            where b.payload = o.id::text and b.state in ('asked', 'begun'))
                        """)
                .param("age", age.toMillis() + " milliseconds")
                .query((row, _) -> new OperationId(row.getObject("id", UUID.class)))
                .list();
    }

    /**
     * Former tables of a data source whose names no record can bear any more: retired at least so long ago, and every
     * record of before is stored in all partitions.
     */
    public List<String> drained(ResourceId source, Duration margin) {
        return jdbc.sql("""
                        select o.name from physical_objects o
                         where o.resource_id = :source and o.state in ('retired', 'dropped')
                           and o.updated_at < now() - :margin::interval
                           and not exists (select 1 from ingestion_lanes where source_id = :source)
                           and not exists (select 1 from ingestion_partitions p
                                            where p.oldest_at < o.updated_at + :margin::interval)
                        """)
                .param("source", source.value())
                .param("margin", margin.toMillis() + " milliseconds")
                .query(String.class)
                .list();
    }

    private static DataOperation operation(ResultSet row) throws SQLException {
        UUID job = row.getObject("job_id", UUID.class);
        return new DataOperation(
                new OperationId(row.getObject("id", UUID.class)),
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                new ResourceId(row.getObject("resource_id", UUID.class)),
                DataOperation.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                job == null ? null : new JobId(job),
                DataOperation.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
