package dev.rookery.catalog.jobs;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.JobId;
import dev.rookery.catalog.ResourceId;
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
    public void addDone(NewJob job) {
        JobId id = newId();
        add(id, job);
        finish(id, job.kind(), JobStatus.DONE, null);
    }

    static JobId newId() {
        return new JobId(UuidCreator.getTimeOrderedEpoch());
    }

    /** Adds a job that waits. */
    void add(JobId id, NewJob job) {
        jdbc.sql("""
                        insert into jobs (id, workspace_id, kind, task, status, deployment_id, resource_id, request,
                                          progress, cancellable)
                        values (:id, :workspace, :kind, :kind, 'waiting', :deployment, :resource, :request::jsonb,
                                :progress::jsonb, :cancellable)
                        """)
                .param("id", id.value())
                .param("workspace", job.workspace().value())
                .param("kind", job.kind())
                .param(
                        "deployment",
                        job.deployment() == null ? null : job.deployment().value(),
                        Types.OTHER)
                .param(
                        "resource",
                        job.resource() == null ? null : job.resource().value(),
                        Types.OTHER)
                .param("request", job.request())
                .param("progress", job.progress())
                .param("cancellable", job.cancellable())
                .update();
    }

    /** Notes that a job is being worked on; empty when it has come to its end, or another handler is in charge. */
    Optional<Job> begin(JobId id, String task) {
        jdbc.sql("""
                        update jobs set status = case status when 'waiting' then 'working' else status end,
                               started_at = coalesce(started_at, now()), updated_at = now()
                         where id = :id and task = :task and finished_at is null
                        """).param("id", id.value()).param("task", task).update();
        return jdbc.sql(SELECT + " where j.id = :id and j.task = :task and j.finished_at is null")
                .param("id", id.value())
                .param("task", task)
                .query((row, n) -> job(row))
                .optional();
    }

    boolean handOver(Job job, String task) {
        return jdbc.sql("""
                        update jobs set task = :task, updated_at = now()
                         where id = :id and task = :from and finished_at is null
                        """)
                        .param("id", job.id().value())
                        .param("from", job.task())
                        .param("task", task)
                        .update()
                == 1;
    }

    /** Ends a job, unless it has come to its end or was handed over to another task. */
    void finish(JobId id, String task, JobStatus end, @Nullable String error) {
        jdbc.sql("""
                        update jobs set status = :status, error = :error, finished_at = now(), updated_at = now()
                         where id = :id and task = :task and finished_at is null
                        """)
                .param("status", end.text())
                .param("error", error, Types.VARCHAR)
                .param("id", id.value())
                .param("task", task)
                .update();
    }

    /**
     * Replaces what a job is to do, for the handler that comes next.
     *
     * @param json a JSON object
     */
    public void putRequest(JobId id, String json) {
        put(id, "request", json);
    }

    /**
     * Says how far a job has come.
     *
     * @param json a JSON object
     */
    public void putProgress(JobId id, String json) {
        put(id, "progress", json);
    }

    private void put(JobId id, String column, String json) {
        jdbc.sql("update jobs set %s = :json::jsonb, updated_at = now() where id = :id".formatted(column))
                .param("json", json)
                .param("id", id.value())
                .update();
    }

    /**
     * Asks for the end of a job: one that waits has come to it, one that is being worked on does when its handler notices.
     *
     * @return the job as it stands then; empty when it can not be cancelled, or there is none
     */
    public Optional<Job> cancel(WorkspaceId workspace, JobId id) {
        int asked = jdbc.sql("""
                        update jobs set updated_at = now(),
                               status = case status when 'waiting' then 'cancelled' else 'cancelling' end,
                               finished_at = case status when 'waiting' then now() end
                         where id = :id and workspace_id = :workspace and cancellable and status in ('waiting', 'working')
                        """)
                .param("id", id.value())
                .param("workspace", workspace.value())
                .update();
        return asked == 0 ? Optional.empty() : find(workspace, id);
    }

    /** @throws JobCancelledException when somebody has asked for the job's end, or it has come to it */
    public void checkCancelled(JobId id) {
        boolean wanted = jdbc.sql("select exists (select 1 from jobs where id = :id and status = 'working')")
                .param("id", id.value())
                .query(Boolean.class)
                .single();
        if (!wanted) {
            throw new JobCancelledException();
        }
    }

    /** How many jobs of a kind wait or are being worked on in the workspace. */
    public int open(WorkspaceId workspace, String kind) {
        return jdbc.sql("""
                        select count(*) from jobs
                         where workspace_id = :workspace and kind = :kind and finished_at is null
                        """)
                .param("workspace", workspace.value())
                .param("kind", kind)
                .query(Integer.class)
                .single();
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
        UUID resource = row.getObject("resource_id", UUID.class);
        return new Job(
                new JobId(row.getObject("id", UUID.class)),
                new WorkspaceId(row.getObject("workspace_id", UUID.class)),
                row.getString("kind"),
                row.getString("task"),
                JobStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                deployment,
                resource == null ? null : new ResourceId(resource),
                row.getString("request"),
                row.getString("progress"),
                row.getBoolean("cancellable"),
                row.getString("error"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                started == null ? null : started.toInstant());
    }
}
