package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.deployments.DataMovement;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStatus;
import dev.rookery.catalog.deployments.Feedback;
import dev.rookery.catalog.deployments.ResourceChange;
import dev.rookery.catalog.deployments.ResourceChange.Change;
import dev.rookery.catalog.deployments.ResourceKind;
import dev.rookery.controlplane.ClientTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as clients read it (client-contract.md 2.1). Lists are never null.
 *
 * @param id the deployment's number as text; null for one that was only checked, or never came to be
 */
record DeploymentAnswer(
        @Nullable String id,
        String status,
        boolean live,
        @Nullable String createdAt,
        @Nullable String updatedAt,
        List<ErrorAnswer> errors,
        List<FeedbackAnswer> feedback,
        List<String> newDatasourceNames,
        List<String> changedDatasourceNames,
        List<String> deletedDatasourceNames,
        List<String> disconnectedDataSourceNames,
        List<String> newPipeNames,
        List<String> changedPipeNames,
        List<String> deletedPipeNames,
        List<String> newDataConnectorNames,
        List<String> changedDataConnectorNames,
        List<String> deletedDataConnectorNames,
        List<String> newDataConnectorIds,
        List<TokenChange> tokenChanges,
        @Nullable List<MovementAnswer> dataMovements) {
    record MovementAnswer(
            String datasourceName, String kind, @Nullable String sourceMvName) {}

    record FeedbackAnswer(String resource, String level, String message) {}

    record ErrorAnswer(String filename, String error) {}

    static DeploymentAnswer of(Deployment deployment, List<TokenChange> tokenChanges, List<DataMovement> movements) {
        return of(
                Integer.toString(deployment.number()),
                deployment.status().text(),
                deployment,
                deployment.feedback(),
                deployment.changes(),
                tokenChanges,
                movements);
    }

    /** What a plan would do. */
    static DeploymentAnswer of(DeploymentPlan plan) {
        return of(
                null,
                DeploymentStatus.CALCULATING.text(),
                null,
                plan.feedback(),
                plan.changes(),
                plan.tokenChanges(),
                plan.movements());
    }

    /** What kept a project from being deployed. */
    static DeploymentAnswer failed(List<ProjectError> errors) {
        List<Feedback> feedback = errors.stream()
                .map(error -> new Feedback(Feedback.Level.ERROR, error.resource(), error.error()))
                .toList();
        return of(null, DeploymentStatus.FAILED.text(), null, feedback, List.of(), List.of(), List.of());
    }

    private static DeploymentAnswer of(
            @Nullable String id,
            String status,
            @Nullable Deployment deployment,
            List<Feedback> feedback,
            List<ResourceChange> changes,
            List<TokenChange> tokenChanges,
            List<DataMovement> movements) {
        return new DeploymentAnswer(
                id,
                status,
                deployment != null && deployment.live(),
                deployment == null ? null : ClientTime.iso(deployment.createdAt()),
                deployment == null ? null : ClientTime.iso(deployment.updatedAt()),
                feedback.stream()
                        .filter(item -> item.level() == Feedback.Level.ERROR)
                        .map(item -> new ErrorAnswer(lastWord(item.resource()), item.message()))
                        .toList(),
                feedback.stream()
                        .map(item ->
                                new FeedbackAnswer(item.resource(), item.level().name(), item.message()))
                        .toList(),
                names(changes, ResourceKind.DATASOURCE, Change.NEW),
                names(changes, ResourceKind.DATASOURCE, Change.CHANGED),
                names(changes, ResourceKind.DATASOURCE, Change.DELETED),
                List.of(),
                names(changes, ResourceKind.PIPE, Change.NEW),
                names(changes, ResourceKind.PIPE, Change.CHANGED),
                names(changes, ResourceKind.PIPE, Change.DELETED),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                tokenChanges,
                movements.isEmpty()
                        ? null
                        : movements.stream()
                                .map(movement -> new MovementAnswer(
                                        movement.datasource(), movement.kind().text(), movement.pipe()))
                                .toList());
    }

    static List<String> names(List<ResourceChange> changes, ResourceKind kind, Change change) {
        return changes.stream()
                .filter(item -> item.kind() == kind && item.change() == change)
                .map(ResourceChange::name)
                .toList();
    }

    private static String lastWord(String resource) {
        return resource.substring(resource.lastIndexOf(' ') + 1);
    }
}
