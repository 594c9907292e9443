package dev.rookery.controlplane.deployments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.catalog.deployments.ResourceChange;
import dev.rookery.catalog.deployments.ResourceChange.Change;
import dev.rookery.catalog.deployments.ResourceKind;
import dev.rookery.datafile.PipeFile;
import dev.rookery.datafile.PipeType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The answer of a build (client-contract.md 3): {@code success} also when nothing changed, {@code failed} otherwise. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BuildAnswer(
        String result,
        @Nullable String error,
        List<ProjectError> errors,
        @Nullable Build build) {
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Build(
            @Nullable String id,
            List<Resource> datasources,
            List<Resource> pipes,
            List<String> newPipeNames,
            List<String> changedPipeNames,
            List<String> deletedPipeNames,
            List<String> newDatasourceNames,
            List<String> changedDatasourceNames,
            List<String> deletedDatasourceNames,
            List<String> newDataConnectorNames,
            List<String> changedDataConnectorNames,
            List<String> deletedDataConnectorNames,
            List<DeploymentAnswer.FeedbackAnswer> feedback) {}

    record Resource(String name, String type) {}

    static BuildAnswer failed(List<ProjectError> errors) {
        return new BuildAnswer("failed", errors.getFirst().error(), errors, null);
    }

    /** @param id the number of the deployment that is live now */
    static BuildAnswer success(String id, DeploymentPlan plan) {
        List<ResourceChange> changes = plan.changes();
        return new BuildAnswer(
                "success",
                null,
                List.of(),
                new Build(
                        id,
                        plan.datasources().keySet().stream()
                                .map(name -> new Resource(name, "csv"))
                                .toList(),
                        plan.pipes().values().stream()
                                .map(pipe -> resource(pipe.source().file()))
                                .toList(),
                        DeploymentAnswer.names(changes, ResourceKind.PIPE, Change.NEW),
                        DeploymentAnswer.names(changes, ResourceKind.PIPE, Change.CHANGED),
                        DeploymentAnswer.names(changes, ResourceKind.PIPE, Change.DELETED),
                        DeploymentAnswer.names(changes, ResourceKind.DATASOURCE, Change.NEW),
                        DeploymentAnswer.names(changes, ResourceKind.DATASOURCE, Change.CHANGED),
                        DeploymentAnswer.names(changes, ResourceKind.DATASOURCE, Change.DELETED),
                        List.of(),
                        List.of(),
                        List.of(),
                        plan.feedback().stream()
                                .map(item -> new DeploymentAnswer.FeedbackAnswer(
                                        item.resource(), item.level().name(), item.message()))
                                .toList()));
    }

    private static Resource resource(PipeFile pipe) {
        String type =
                pipe.type() == PipeType.GENERIC ? "default" : pipe.type().name().toLowerCase(Locale.ROOT);
        return new Resource(pipe.name(), type);
    }
}
