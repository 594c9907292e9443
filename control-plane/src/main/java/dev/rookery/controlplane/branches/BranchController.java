package dev.rookery.controlplane.branches;

import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.catalog.jobs.Job;
import dev.rookery.catalog.workspaces.Workspace;
import dev.rookery.controlplane.CallerContext;
import dev.rookery.controlplane.branches.BranchService.Created;
import dev.rookery.controlplane.jobs.JobAnswer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Branches (client-contract.md 6). */
@RestController
class BranchController {
    private final BranchService service;

    BranchController(BranchService service) {
        this.service = service;
    }

    record CreatedAnswer(JobAnswer job, BranchAnswer workspace) {}

    @PostMapping("/v1/environments")
    CreatedAnswer create(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        Caller.Tenant tenant = CallerContext.tenant(caller, Action.USE_BRANCHES);
        ClientParameters parameters = ClientParameters.of(request);
        BranchData data = parameters.isTrue("last_partition")
                ? BranchData.LAST_PARTITION
                : BranchData.parse(parameters.find("data").orElse(""));
        Created created = service.create(tenant, parameters.require("name"), data, ignored(parameters));
        return new CreatedAnswer(
                JobAnswer.of(created.job(), request),
                BranchAnswer.of(created.branch(), service.token(created.branch())));
    }

    @GetMapping("/v1/environments")
    Map<String, List<BranchAnswer>> list(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        Caller.Tenant tenant = CallerContext.tenant(caller, Action.USE_BRANCHES);
        ClientParameters parameters = ClientParameters.ofQuery(request);
        boolean strict = parameters.find("from").filter("python-sdk"::equals).isPresent();
        return Map.of(
                "environments",
                service.list(tenant).stream()
                        .map(branch -> answer(branch, parameters))
                        .map(answer -> strict ? answer.slim() : answer)
                        .toList());
    }

    @GetMapping({"/v0/environments/{branch}", "/v1/environments/{branch}"})
    BranchAnswer get(@AuthenticationPrincipal Caller caller, @PathVariable String branch, HttpServletRequest request) {
        Caller.Tenant tenant = CallerContext.tenant(caller, Action.USE_BRANCHES);
        return answer(service.find(tenant, branch), ClientParameters.ofQuery(request))
                .slim();
    }

    @DeleteMapping({"/v0/environments/{branch}", "/v1/environments/{branch}"})
    Map<String, Boolean> delete(@AuthenticationPrincipal Caller caller, @PathVariable String branch) {
        Caller.Tenant tenant = CallerContext.tenant(caller, Action.USE_BRANCHES);
        service.delete(service.find(tenant, branch));
        return Map.of("ok", true);
    }

    record FillAnswer(JobAnswer job) {}

    @PostMapping("/v0/environments/{branch}/data")
    FillAnswer fill(@AuthenticationPrincipal Caller caller, @PathVariable String branch, HttpServletRequest request) {
        Caller.Tenant tenant = CallerContext.tenant(caller, Action.USE_BRANCHES);
        ClientParameters parameters = ClientParameters.of(request);
        Workspace found = service.find(tenant, branch);
        BranchData data = BranchData.parse(parameters.require("mode"));
        Job job = service.fill(tenant, found, data, ignored(parameters));
        return new FillAnswer(JobAnswer.of(job, request));
    }

    private BranchAnswer answer(Workspace branch, ClientParameters parameters) {
        return BranchAnswer.of(branch, parameters.isTrue("with_token") ? service.token(branch) : null);
    }

    private static List<String> ignored(ClientParameters parameters) {
        return Arrays.stream(parameters.find("ignore_datasources").orElse("").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
