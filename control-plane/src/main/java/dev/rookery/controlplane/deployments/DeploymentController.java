package dev.rookery.controlplane.deployments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.access.web.ErrorBody;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.controlplane.CallerContext;
import dev.rookery.controlplane.EngineFailure;
import dev.rookery.controlplane.deployments.DeploymentService.Deployed;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Builds and deployments (client-contract.md 2 and 3). */
@RestController
class DeploymentController {
    private final DeploymentService service;

    DeploymentController(DeploymentService service) {
        this.service = service;
    }

    /** The answer to a deploy. Failures carry no message of their own, so that clients look into the deployment. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeployAnswer(String result, @Nullable DeploymentAnswer deployment, List<ProjectError> errors) {}

    record StatusAnswer(String result, DeploymentAnswer deployment) {}

    @PostMapping("/v1/deploy")
    ResponseEntity<DeployAnswer> deploy(@AuthenticationPrincipal Caller caller, HttpServletRequest request)
            throws IOException {
        WorkspaceId workspace = manage(caller);
        ClientParameters parameters = ClientParameters.ofQuery(request);
        List<ProjectFile> files = ProjectUpload.read(request);
        PlanOptions options = PlanOptions.deploy(
                parameters.isTrue("allow_destructive_operations"), parameters.isTrue("auto_promote"));
        try {
            if (parameters.isTrue("check")) {
                DeploymentPlan plan = service.check(workspace, files, options);
                String result = plan.isEmpty() ? "no_changes" : "success";
                return ResponseEntity.ok(new DeployAnswer(result, DeploymentAnswer.of(plan), List.of()));
            }
            Deployed deployed = service.deploy(workspace, files, options);
            List<TokenChange> tokenChanges = deployed.plan().tokenChanges();
            return ResponseEntity.ok(deployed.deployment()
                    .map(made -> new DeployAnswer(
                            "success",
                            DeploymentAnswer.of(
                                    made, tokenChanges, deployed.plan().movements()),
                            List.of()))
                    .orElseGet(() -> new DeployAnswer("no_changes", DeploymentAnswer.of(deployed.plan()), List.of())));
        } catch (ProjectException e) {
            return ResponseEntity.badRequest()
                    .body(new DeployAnswer("failed", DeploymentAnswer.failed(e.errors()), e.errors()));
        }
    }

    @PostMapping("/v1/build")
    BuildAnswer build(@AuthenticationPrincipal Caller caller, HttpServletRequest request) throws IOException {
        WorkspaceId workspace = manage(caller);
        Deployed deployed = service.build(workspace, ProjectUpload.read(request));
        Deployment live = service.list(workspace, false).stream()
                .filter(Deployment::live)
                .findFirst()
                .orElseThrow();
        return BuildAnswer.success(Integer.toString(live.number()), deployed.plan());
    }

    @GetMapping("/v1/deployments")
    Map<String, List<DeploymentAnswer>> list(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        WorkspaceId workspace = read(caller);
        boolean includeDeleted = ClientParameters.ofQuery(request).isTrue("include_deleted");
        return Map.of(
                "deployments",
                service.list(workspace, includeDeleted).stream()
                        .map(deployment -> DeploymentAnswer.of(deployment, List.of(), service.movements(deployment)))
                        .toList());
    }

    @GetMapping("/v1/deployments/{number}")
    StatusAnswer get(@AuthenticationPrincipal Caller caller, @PathVariable String number) {
        return answer(service.get(read(caller), number));
    }

    @PostMapping("/v1/deployments/{number}/set-live")
    StatusAnswer setLive(@AuthenticationPrincipal Caller caller, @PathVariable String number) {
        return answer(service.setLive(manage(caller), number));
    }

    @DeleteMapping("/v1/deployments/{number}")
    StatusAnswer delete(@AuthenticationPrincipal Caller caller, @PathVariable String number) {
        return answer(service.delete(manage(caller), number));
    }

    @ExceptionHandler
    ResponseEntity<BuildAnswer> onFailedBuild(ProjectException e) {
        return ResponseEntity.badRequest().body(BuildAnswer.failed(e.errors()));
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onEngineFailure(ClickHouseException e) {
        return EngineFailure.answer(e);
    }

    private StatusAnswer answer(Deployment deployment) {
        return new StatusAnswer("success", DeploymentAnswer.of(deployment, List.of(), service.movements(deployment)));
    }

    private static WorkspaceId manage(Caller caller) {
        return CallerContext.tenant(caller, Action.MANAGE_RESOURCES).workspace();
    }

    private static WorkspaceId read(Caller caller) {
        return CallerContext.tenant(caller, Action.READ_RESOURCES).workspace();
    }
}
