package dev.rookery.catalog.deployments;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.DeploymentId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.changes.ChangeTopic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deployments in Postgres. Methods that write run in the caller's transaction, and record a change where services cache
 * what they touch. Thread safe.
 */
public final class DeploymentStore {
    private final JdbcClient jdbc;
    private final ChangeLog changes;

    public DeploymentStore(JdbcClient jdbc, ChangeLog changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    /** The empty deployment 0 that a new workspace starts with, already live. */
    public void createInitial(WorkspaceId workspace) {
        jdbc.sql("""
                        insert into deployments (id, workspace_id, number, status, live, promoted_at)
                        values (:id, :workspace, 0, 'data_ready', true, now())
                        """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("workspace", workspace.value())
                .update();
    }

    /**
     * Begins a deployment. The caller has locked the live one.
     *
     * @throws CatalogException of kind CONFLICT when the workspace has a candidate already (DEP-1), or rows of one of its
     *     data sources are being replaced: the candidate would be made from those of before
     */
    public Deployment createCandidate(WorkspaceId workspace) {
        boolean busy = jdbc.sql("""
                        select exists (select 1 from data_operations where workspace_id = :workspace and state <> 'done')
                        """)
                .param("workspace", workspace.value())
                .query(Boolean.class)
                .single();
        if (busy) {
            throw new CatalogException(
                    Kind.CONFLICT,
                    "Rows of a data source are being truncated, replaced or deleted; deploy when that is done");
        }
        UUID id = UuidCreator.getTimeOrderedEpoch();
        try {
            jdbc.sql("""
                            insert into deployments (id, workspace_id, number, status)
                            select :id, :workspace, coalesce(max(number), 0) + 1, 'calculating'
                              from deployments where workspace_id = :workspace
                            """).param("id", id).param("workspace", workspace.value()).update();
        } catch (DuplicateKeyException e) {
            throw new CatalogException(
                    Kind.CONFLICT,
                    "There is a deployment in progress already; promote or discard it before making another one",
                    e);
        }
        return query("id = :value", id).stream().findFirst().orElseThrow();
    }

    /** A workspace's deployments, the oldest first. */
    public List<Deployment> list(WorkspaceId workspace, boolean includeDeleted) {
        return query(
                includeDeleted ? "workspace_id = :value" : "workspace_id = :value and status <> 'deleted'",
                workspace.value());
    }

    /** A deployment by the number clients call its id. */
    public Optional<Deployment> find(WorkspaceId workspace, int number) {
        return query("workspace_id = :value and number = " + number, workspace.value()).stream()
                .findFirst();
    }

    /** The live deployment, locked against every other promotion until the transaction ends. */
    public Deployment lockLive(WorkspaceId workspace) {
        jdbc.sql("select id from workspaces where id = :id for update")
                .param("id", workspace.value())
                .query(UUID.class)
                .single();
        return query("live and workspace_id = :value", workspace.value()).stream()
                .findFirst()
                .orElseThrow();
    }

    /** The deployment that waits to be promoted, or is on its way there. */
    public Optional<Deployment> candidate(WorkspaceId workspace) {
        return query(
                        "workspace_id = :value and not live and promoted_at is null"
                                + " and status not in ('deleting', 'deleted')",
                        workspace.value())
                .stream()
                .findFirst();
    }

    /** Candidates that were on their way when they were last touched, at least so long ago: their maker has died. */
    public List<Deployment> stranded(Duration age) {
        return query(
                // One whose rows are being moved has a job, which outlives whoever runs it.
                "status in ('calculating', 'creating_schema', 'schema_ready') and updated_at < now() - :value::interval"
                        + " and not exists (select 1 from jobs j where j.deployment_id = deployments.id"
                        + " and j.finished_at is null)"
                        + " and workspace_id in (select id from workspaces where deleted_at is null)",
                age.toMillis() + " milliseconds");
    }

    /** Somebody is still at the deployment: it is not {@link #stranded}. */
    public void touch(Deployment deployment) {
        jdbc.sql("update deployments set updated_at = now() where id = :id")
                .param("id", deployment.id().value())
                .update();
    }

    /** Moves a deployment on. */
    public void setStatus(Deployment deployment, DeploymentStatus status) {
        jdbc.sql("update deployments set status = :status, updated_at = now() where id = :id")
                .param("status", status.text())
                .param("id", deployment.id().value())
                .update();
        changes.record(ChangeTopic.WORKSPACE, deployment.workspace());
    }

    /**
     * Makes a candidate live and the one that was live deleted, in the caller's transaction: the swap of pointers.
     *
     * @throws CatalogException of kind CONFLICT when either is not any more what the caller takes it for; the caller's
     *     transaction must then be rolled back, or the workspace would be left without a live deployment
     */
    public void promote(Deployment from, Deployment to) {
        int retired = jdbc.sql("""
                        update deployments set live = false, status = 'deleted', updated_at = now()
                         where id = :id and workspace_id = :workspace and live
                        """)
                .param("id", from.id().value())
                .param("workspace", to.workspace().value())
                .update();
        if (retired != 1) {
            throw notStaged(to);
        }
        int promoted = jdbc.sql("""
                        update deployments set live = true, promoted_at = now(), updated_at = now()
                         where id = :id and status = 'data_ready' and promoted_at is null
                        """).param("id", to.id().value()).update();
        if (promoted != 1) {
            throw notStaged(to);
        }
        changes.record(ChangeTopic.WORKSPACE, to.workspace());
    }

    private static CatalogException notStaged(Deployment deployment) {
        return new CatalogException(
                Kind.CONFLICT,
                "Deployment %d cannot be promoted: it is not staged any more".formatted(deployment.number()));
    }

    /** Replaces what is told about a deployment. */
    public void putFeedback(DeploymentId deployment, List<Feedback> feedback) {
        jdbc.sql("delete from deployment_feedback where deployment_id = :id")
                .param("id", deployment.value())
                .update();
        for (int i = 0; i < feedback.size(); i++) {
            Feedback item = feedback.get(i);
            jdbc.sql("insert into deployment_feedback values (:id, :ordinal, :level, :resource, :message)")
                    .param("id", deployment.value())
                    .param("ordinal", i)
                    .param("level", item.level().name())
                    .param("resource", item.resource())
                    .param("message", item.message())
                    .update();
        }
    }

    /** Records how a deployment differs from the live one. */
    public void putChanges(DeploymentId deployment, List<ResourceChange> list) {
        for (ResourceChange change : list) {
            jdbc.sql("insert into deployment_changes values (:id, :kind, :name, :change)")
                    .param("id", deployment.value())
                    .param("kind", change.kind().column())
                    .param("name", change.name())
                    .param("change", change.change().column())
                    .update();
        }
    }

    /** Records what a deployment consists of. */
    public void putResources(DeploymentId deployment, List<DeployedResource> resources) {
        for (DeployedResource resource : resources) {
            UUID object = resource.object() == null ? null : resource.object().value();
            jdbc.sql("""
                            insert into deployment_resources
                                   (deployment_id, resource_id, path, datafile, object_id, updated_at)
                            values (:id, :resource, :path, :datafile, :object,
                                    coalesce((select r.updated_at from deployment_resources r
                                                join deployments d on d.id = r.deployment_id and d.live
                                               where r.resource_id = :resource and r.datafile = :datafile), now()))
                            """)
                    .param("id", deployment.value())
                    .param("resource", resource.resource().value())
                    .param("path", resource.path())
                    .param("datafile", resource.datafile())
                    .param("object", object, java.sql.Types.OTHER)
                    .update();
        }
    }

    private List<Deployment> query(String where, Object value) {
        // Rows first, their details after: nested, each call would hold one connection and wait for another.
        List<Deployment> rows = jdbc.sql("select * from deployments where %s order by number".formatted(where))
                .param("value", value)
                .query((row, n) -> deployment(row))
                .list();
        return rows.stream().map(this::withDetails).toList();
    }

    private static Deployment deployment(ResultSet row) throws SQLException {
        return new Deployment(
                new DeploymentId(row.getObject("id", UUID.class)),
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                row.getInt("number"),
                DeploymentStatus.of(row.getString("status")),
                row.getBoolean("live"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                List.of(),
                List.of());
    }

    private Deployment withDetails(Deployment row) {
        return new Deployment(
                row.id(),
                row.workspace(),
                row.number(),
                row.status(),
                row.live(),
                row.createdAt(),
                row.updatedAt(),
                feedback(row.id()),
                changesOf(row.id()));
    }

    private List<Feedback> feedback(DeploymentId id) {
        return jdbc.sql("""
                        select level, resource, message from deployment_feedback
                         where deployment_id = :id order by ordinal
                        """)
                .param("id", id.value())
                .query((row, n) -> new Feedback(
                        Feedback.Level.valueOf(row.getString("level")),
                        row.getString("resource"),
                        row.getString("message")))
                .list();
    }

    private List<ResourceChange> changesOf(DeploymentId id) {
        return jdbc.sql(
                        "select kind, name, change from deployment_changes where deployment_id = :id order by kind, name")
                .param("id", id.value())
                .query((row, n) -> new ResourceChange(
                        ResourceKind.of(row.getString("kind")),
                        row.getString("name"),
                        ResourceChange.Change.of(row.getString("change"))))
                .list();
    }
}
