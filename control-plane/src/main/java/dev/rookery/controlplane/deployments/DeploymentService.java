package dev.rookery.controlplane.deployments;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.deployments.DataMovement;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStatus;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.StagingStore;
import dev.rookery.catalog.ingestion.IngestionStates;
import dev.rookery.catalog.ingestion.StaleView;
import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.jobs.JobQueue;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.jobs.NewJob;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionOperations;

/** What clients do with deployments (client-contract.md 2 and 3). Thread safe. */
final class DeploymentService {
    private final WorkspaceSnapshots snapshots;
    private final DeploymentStore deployments;
    private final ProjectRules rules;
    private final DeploymentExecutor executor;
    private final Promotion promotion;
    private final DataMover mover;
    private final StagingStore staging;
    private final IngestionStates ingestion;
    private final JobStore jobs;
    private final JobQueue queue;
    private final TransactionOperations transaction;

    DeploymentService(
            WorkspaceSnapshots snapshots,
            DeploymentStore deployments,
            ProjectRules rules,
            DeploymentExecutor executor,
            Promotion promotion,
            DataMover mover,
            StagingStore staging,
            IngestionStates ingestion,
            JobStore jobs,
            JobQueue queue,
            TransactionOperations transaction) {
        this.snapshots = snapshots;
        this.deployments = deployments;
        this.rules = rules;
        this.executor = executor;
        this.promotion = promotion;
        this.mover = mover;
        this.staging = staging;
        this.ingestion = ingestion;
        this.jobs = jobs;
        this.queue = queue;
        this.transaction = transaction;
    }

    /** What would happen; nothing does (DEP-7). */
    DeploymentPlan check(WorkspaceId workspace, List<ProjectFile> files, PlanOptions options) {
        WorkspaceSnapshot snapshot = snapshots.refresh(workspace);
        DeploymentPlan plan = plan(snapshot, files, options);
        if (!plan.isEmpty()) {
            executor.tryOut(snapshot, plan);
        }
        return plan;
    }

    /** A plan and the candidate made from it; none when there was nothing to deploy. */
    record Deployed(DeploymentPlan plan, Optional<Deployment> deployment) {}

    /**
     * Stages the project beside the live deployment.
     *
     * @throws ProjectException when it cannot be deployed
     * @throws dev.rookery.catalog.CatalogException CONFLICT when another candidate is waiting
     */
    Deployed deploy(WorkspaceId id, List<ProjectFile> files, PlanOptions options) {
        WorkspaceSnapshot workspace = snapshots.refresh(id);
        DeploymentPlan plan = plan(workspace, files, options);
        if (plan.isEmpty()) {
            return new Deployed(plan, Optional.empty());
        }
        Deployment staged = executor.stage(workspace, plan);
        // Clients look for a job of the deployment to link to, also when there was nothing to move.
        boolean moves = plan.graph().movesRows();
        transaction.executeWithoutResult(status -> {
            if (options.autoPromote()) {
                staging.promoteWhenReady(staged.id());
            }
            if (moves) {
                queue.add(NewJob.of(id, DeploymentJob.KIND).of(staged.id()));
            } else {
                jobs.addDone(NewJob.of(id, DeploymentJob.KIND).of(staged.id()));
            }
        });
        String number = Integer.toString(staged.number());
        return new Deployed(plan, Optional.of(options.autoPromote() && !moves ? setLive(id, number) : get(id, number)));
    }

    /** Replaces the resources of a workspace for development at once, keeping rows where the schema allows (DEP-30). */
    Deployed build(WorkspaceId id, List<ProjectFile> files) {
        deployments.candidate(id).ifPresent(candidate -> executor.discard(snapshots.refresh(id), candidate, List.of()));
        WorkspaceSnapshot workspace = snapshots.refresh(id);
        DeploymentPlan plan = plan(workspace, files, PlanOptions.build());
        if (plan.isEmpty()) {
            return new Deployed(plan, Optional.empty());
        }
        Deployment staged = executor.stage(workspace, plan);
        if (plan.graph().movesRows()) {
            move(workspace, staged);
        }
        promotion.promote(snapshots.refresh(id), get(id, Integer.toString(staged.number())));
        transaction.executeWithoutResult(
                status -> jobs.addDone(NewJob.of(id, DeploymentJob.KIND).of(staged.id())));
        return new Deployed(plan, Optional.of(staged));
    }

    private void move(WorkspaceSnapshot workspace, Deployment staged) {
        try {
            mover.move(workspace, staged, false);
        } catch (JobFailedException e) {
            List<ProjectError> errors = List.of(new ProjectError(null, "Build", String.valueOf(e.getMessage())));
            executor.discard(workspace, staged, errors);
            throw new ProjectException(errors);
        } catch (RuntimeException e) {
            executor.discard(
                    workspace,
                    staged,
                    List.of(new ProjectError(null, "Build", "The build failed on our side; try again")));
            throw e;
        }
    }

    /** What clients are told of the rows that a deployment moves. */
    List<DataMovement> movements(Deployment deployment) {
        return staging.movements(deployment.id());
    }

    List<Deployment> list(WorkspaceId workspace, boolean includeDeleted) {
        return deployments.list(workspace, includeDeleted);
    }

    /** @throws ApiException 404 */
    Deployment get(WorkspaceId workspace, String number) {
        return parse(number)
                .flatMap(parsed -> deployments.find(workspace, parsed))
                .orElseThrow(() -> ApiException.notFound("The deployment '%s' does not exist".formatted(number)));
    }

    /** Makes the candidate live; does nothing when it is already. */
    Deployment setLive(WorkspaceId id, String number) {
        Deployment deployment = get(id, number);
        if (deployment.live()) {
            return deployment;
        }
        if (deployment.status() != DeploymentStatus.DATA_READY) {
            throw ApiException.badRequest("The deployment '%s' is %s and cannot be set live"
                    .formatted(number, deployment.status().text()));
        }
        List<String> failures = staging.failures(deployment.id());
        if (!failures.isEmpty()) {
            String message = "Rows that arrive do not fit the deployment, which is given up: " + failures.getFirst();
            executor.discard(snapshots.refresh(id), deployment, List.of(new ProjectError(null, "Deployment", message)));
            throw ApiException.badRequest(message);
        }
        promotion.promote(snapshots.refresh(id), deployment);
        return get(id, number);
    }

    /** Discards a candidate; what is deleted already stays so. */
    Deployment delete(WorkspaceId id, String number) {
        Deployment deployment = get(id, number);
        if (deployment.live()) {
            throw ApiException.badRequest(
                    "The deployment '%s' is live and cannot be deleted; deploy another one in its place"
                            .formatted(number));
        }
        if (deployment.status() != DeploymentStatus.DELETED) {
            executor.discard(snapshots.refresh(id), deployment, List.of());
        }
        return get(id, number);
    }

    private DeploymentPlan plan(WorkspaceSnapshot workspace, List<ProjectFile> files, PlanOptions options) {
        Project project = ProjectParser.parse(files, Surroundings.of(workspace));
        Set<String> stale = ingestion.staleViews(workspace.id()).stream()
                .map(StaleView::view)
                .collect(Collectors.toSet());
        return new DeploymentPlanner(workspace.id(), workspace.live(), stale, project, rules, options).plan();
    }

    private static Optional<Integer> parse(String number) {
        try {
            return Optional.of(Integer.valueOf(number));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
