package dev.rookery.controlplane.deployments;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.JobId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStatus;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import java.util.List;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/** What clients do with deployments (client-contract.md 2 and 3). Thread safe. */
final class DeploymentService {
    private final WorkspaceSnapshots snapshots;
    private final DeploymentStore deployments;
    private final DatafileTokens tokens;
    private final DeploymentExecutor executor;
    private final Promotion promotion;
    private final JobStore jobs;
    private final TransactionOperations transaction;

    DeploymentService(
            WorkspaceSnapshots snapshots,
            DeploymentStore deployments,
            DatafileTokens tokens,
            DeploymentExecutor executor,
            Promotion promotion,
            JobStore jobs,
            TransactionOperations transaction) {
        this.snapshots = snapshots;
        this.deployments = deployments;
        this.tokens = tokens;
        this.executor = executor;
        this.promotion = promotion;
        this.jobs = jobs;
        this.transaction = transaction;
    }

    /** What would happen; nothing does (DEP-7). */
    DeploymentPlan check(WorkspaceId workspace, List<ProjectFile> files, PlanOptions options) {
        return plan(snapshots.refresh(workspace), files, options);
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
        recordJob(staged);
        return new Deployed(plan, Optional.of(staged));
    }

    /** Replaces the resources of a workspace for development at once, keeping rows where the schema allows (DEP-30). */
    Deployed build(WorkspaceId id, List<ProjectFile> files) {
        deployments.candidate(id).ifPresent(candidate -> executor.discard(snapshots.refresh(id), candidate, List.of()));
        Deployed deployed = deploy(id, files, PlanOptions.build());
        deployed.deployment().ifPresent(candidate -> promotion.promote(snapshots.refresh(id), candidate));
        return deployed;
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
        Project project = ProjectParser.parse(files);
        return new DeploymentPlanner(workspace.id(), workspace.live(), project, tokens, options).plan();
    }

    /** Clients look for a job of the deployment to link to. */
    private void recordJob(Deployment deployment) {
        transaction.executeWithoutResult(status -> {
            JobId job = jobs.start(deployment.workspace(), "deployment", deployment.id());
            jobs.finish(job, null);
        });
    }

    private static Optional<Integer> parse(String number) {
        try {
            return Optional.of(Integer.valueOf(number));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
