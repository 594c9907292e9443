package dev.rookery.controlplane.branches;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.JobId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.jobs.Job;
import dev.rookery.catalog.jobs.JobQueue;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.jobs.NewJob;
import dev.rookery.catalog.secrets.SecretStore;
import dev.rookery.catalog.secrets.WorkspaceSecrets;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.workspaces.Workspace;
import dev.rookery.catalog.workspaces.WorkspaceRepository;
import dev.rookery.controlplane.workspaces.WorkspaceService;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** What clients do with branches. Thread safe. */
class BranchService {
    private static final Logger LOG = LoggerFactory.getLogger(BranchService.class);

    private final WorkspaceRepository workspaces;
    private final WorkspaceService service;
    private final SecretStore secrets;
    private final TokenStore tokens;
    private final JobStore jobs;
    private final JobQueue queue;
    private final ChangeLog changes;
    private final JdbcClient jdbc;
    private final Duration unusedFor;

    BranchService(
            WorkspaceRepository workspaces,
            WorkspaceService service,
            SecretStore secrets,
            TokenStore tokens,
            JobStore jobs,
            JobQueue queue,
            ChangeLog changes,
            JdbcClient jdbc,
            BranchProperties properties) {
        this.workspaces = workspaces;
        this.service = service;
        this.secrets = secrets;
        this.tokens = tokens;
        this.jobs = jobs;
        this.queue = queue;
        this.changes = changes;
        this.jdbc = jdbc;
        this.unusedFor = properties.unusedFor();
    }

    /** A new branch, and the job of its parent that fills it. */
    record Created(Workspace branch, Job job) {}

    /** @throws ApiException as {@link WorkspaceService#createBranch} */
    Created create(Caller.Tenant caller, String name, BranchData data, List<String> ignored) {
        Workspace parent = parent(caller);
        UserId creator = caller.user()
                .or(parent::createdBy)
                .orElseThrow(() -> ApiException.forbidden("A branch is made by somebody: use a personal token"));
        Workspace branch = service.createBranch(parent, name, creator);
        // Whoever may not deploy to the parent must not read its secrets by a pipe that is deployed to the branch.
        boolean mayReadSecrets = Access.to(caller, Action.MANAGE_RESOURCES).allowed();
        JobId job = changes.commitAndAwait(() -> {
            if (mayReadSecrets) {
                copySecrets(parent.id(), branch.id());
            }
            return queue.add(job(parent, branch, data, ignored));
        });
        return new Created(branch, jobs.find(parent.id(), job).orElseThrow());
    }

    /** Brings rows into a branch that is there. */
    Job fill(Caller.Tenant caller, Workspace branch, BranchData data, List<String> ignored) {
        Workspace parent = parent(caller);
        JobId job = changes.commitAndAwait(() -> queue.add(job(parent, branch, data, ignored)));
        return jobs.find(parent.id(), job).orElseThrow();
    }

    private static NewJob job(Workspace parent, Workspace branch, BranchData data, List<String> ignored) {
        return NewJob.of(parent.id(), BranchJob.KIND)
                .asking(new BranchRequest(branch.id().toString(), data.text(), ignored).json());
    }

    List<Workspace> list(Caller.Tenant caller) {
        return workspaces.findBranches(parent(caller).id().value());
    }

    /** @throws ApiException 404, at which clients make the branch */
    Workspace find(Caller.Tenant caller, String nameOrId) {
        return list(caller).stream()
                .filter(branch ->
                        branch.name().equals(nameOrId) || branch.id().toString().equals(nameOrId))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("The branch '%s' does not exist".formatted(nameOrId)));
    }

    void delete(Workspace branch) {
        service.delete(branch);
    }

    /** The text of a branch's admin token. */
    String token(Workspace branch) {
        return tokens.text(tokens.find(branch.id(), TokenStore.WORKSPACE_ADMIN_NAME)
                .orElseThrow()
                .id());
    }

    /** The workspace whose branches a caller sees; from inside a branch it is the one that the branch is of. */
    private Workspace parent(Caller.Tenant caller) {
        return workspaces.findById(caller.workspace().value()).orElseThrow();
    }

    private void copySecrets(WorkspaceId from, WorkspaceId to) {
        WorkspaceSecrets all = secrets.of(from);
        all.names().forEach(name -> all.value(name).ifPresent(value -> secrets.put(to, name, value, "branch")));
    }

    @Scheduled(initialDelayString = "PT2M", fixedDelayString = "PT1H")
    void deleteUnused() {
        deleteUnused(unusedFor);
    }

    void deleteUnused(Duration age) {
        try {
            jdbc.sql("""
                            select id from workspaces w
                             where w.parent_id is not null and w.deleted_at is null
                               and w.created_at < now() - :age::interval
                               and not exists (select 1 from deployments d
                                                where d.workspace_id = w.id and d.created_at >= now() - :age::interval)
                            """)
                    .param("age", age.toMillis() + " milliseconds")
                    .query(UUID.class)
                    .list()
                    .forEach(id -> workspaces.findById(id).ifPresent(this::deleteUnused));
        } catch (DataAccessException e) {
            LOG.warn("Cannot look for branches that nobody uses: {}", e.getMessage());
        }
    }

    private void deleteUnused(Workspace branch) {
        LOG.info("branch unused branch={} name={}", branch.id(), branch.name());
        service.delete(branch);
    }
}
