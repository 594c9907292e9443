package dev.rookery.catalog.jobs;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.DeploymentId;
import dev.rookery.catalog.JobId;
import dev.rookery.catalog.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs in Postgres. Methods that write run in the caller's transaction. Thread safe. */
public final class JobStore {
    private static final String SELECT = """
            select j.*, d.number from jobs j left join deployments d on d.id = j.deployment_id
            """;

    private final JdbcClient jdbc;

    public JobStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a job that is done already: clients look for one. */
    public void addDone(WorkspaceId workspace, String kind, DeploymentId deployment) {
        finish(add(workspace, kind, deployment), null);
    }

    /** Adds a job that waits. */
    JobId add(WorkspaceId workspace, String kind, @Nullable DeploymentId deployment) {
        JobId id = new JobId(UuidCreator.getTimeOrderedEpoch());
        jdbc.sql("""
                        insert into jobs (id, workspace_id, kind, status, deployment_id)
                        values (:id, :workspace, :kind, 'waiting', :deployment)
                        """)
                .param("id", id.value())
                .param("workspace", workspace.value())
                .param("kind", kind)
                .param("deployment", deployment == null ? null : deployment.value(), Types.OTHER)
                .update();
        return id;
    }

    /** Notes that a job is being worked on; empty when it has come to its end, or its workspace is gone. */
    Optional<Job> begin(JobId id) {
        jdbc.sql("""
                        update jobs set status = 'working', started_at = coalesce(started_at, now()), updated_at = now()
                         where id = :id and status in ('waiting', 'working')
                        """).param("id", id.value()).update();
        return jdbc.sql(SELECT + " where j.id = :id and j.status = 'working'")
                .param("id", id.value())
                .query((row, n) -> job(row))
                .optional();
    }

    /** @param error what went wrong; null when nothing did */
    void finish(JobId id, @Nullable String error) {
        jdbc.sql("""
                        update jobs set status = :status, error = :error, finished_at = now(), updated_at = now()
                         where id = :id and finished_at is null
                        """)
                .param("status", error == null ? "done" : "error")
                .param("error", error, Types.VARCHAR)
                .param("id", id.value())
                .update();
    }

    /** A workspace's jobs of the last 48 hours, the newest 100 (JOB-2). */
    public List<Job> recent(WorkspaceId workspace, @Nullable String kind, @Nullable JobStatus status) {
        return jdbc.sql(SELECT + """
                         where j.workspace_id = :workspace and j.created_at > now() - interval '48 hours'
                           and (:kind::text is null or j.kind = :kind)
                           and (:status::text is null or j.status = :status)
                         order by j.created_at desc limit 100
                        """)
                .param("workspace", workspace.value())
                .param("kind", kind, Types.VARCHAR)
                .param("status", status == null ? null : status.text(), Types.VARCHAR)
                .query((row, n) -> job(row))
                .list();
    }

    /** One job of the workspace. */
    public Optional<Job> find(WorkspaceId workspace, JobId id) {
        return jdbc.sql(SELECT + " where j.workspace_id = :workspace and j.id = :id")
                .param("workspace", workspace.value())
                .param("id", id.value())
                .query((row, n) -> job(row))
                .optional();
    }

    private static Job job(ResultSet row) throws SQLException {
        OffsetDateTime started = row.getObject("started_at", OffsetDateTime.class);
        int number = row.getInt("number");
        Integer deployment = row.wasNull() ? null : Integer.valueOf(number);
        return new Job(
                new JobId(row.getObject("id", UUID.class)),
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                row.getString("kind"),
                JobStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                deployment,
                row.getString("error"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                started == null ? null : started.toInstant());
    }
}
