package dev.rookery.controlplane.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.catalog.JobId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.jobs.Job;
import dev.rookery.catalog.jobs.JobStatus;
import dev.rookery.catalog.jobs.JobStore;
import dev.rookery.controlplane.CallerContext;
import dev.rookery.controlplane.ClientTime;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What runs and ran in the background (JOB rows). */
@RestController
class JobController {
    private final JobStore jobs;

    JobController(JobStore jobs) {
        this.jobs = jobs;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record JobAnswer(
            String id,
            String jobId,
            String kind,
            String status,
            String createdAt,
            String updatedAt,
            @Nullable String startedAt,
            String jobUrl,
            @JsonProperty("is_cancellable") boolean cancellable,
            @Nullable String deploymentId,
            @Nullable String error) {}

    @GetMapping("/v0/jobs")
    Map<String, List<JobAnswer>> list(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        WorkspaceId workspace =
                CallerContext.tenant(caller, Action.READ_RESOURCES).workspace();
        ClientParameters parameters = ClientParameters.ofQuery(request);
        JobStatus status = parameters.find("status").map(JobController::status).orElse(null);
        List<Job> found = jobs.recent(workspace, parameters.find("kind").orElse(null), status);
        return Map.of("jobs", found.stream().map(job -> answer(job, request)).toList());
    }

    @GetMapping("/v0/jobs/{id}")
    JobAnswer get(@AuthenticationPrincipal Caller caller, @PathVariable String id, HttpServletRequest request) {
        WorkspaceId workspace =
                CallerContext.tenant(caller, Action.READ_RESOURCES).workspace();
        return jobId(id)
                .flatMap(job -> jobs.find(workspace, job))
                .map(job -> answer(job, request))
                .orElseThrow(() -> ApiException.notFound("The job '%s' does not exist".formatted(id)));
    }

    private static JobAnswer answer(Job job, HttpServletRequest request) {
        String url = ServletUriComponentsBuilder.fromContextPath(request)
                .path("/v0/jobs/{id}")
                .buildAndExpand(job.id())
                .toUriString();
        return new JobAnswer(
                job.id().toString(),
                job.id().toString(),
                job.kind(),
                job.status().text(),
                ClientTime.plain(job.createdAt()),
                ClientTime.plain(job.updatedAt()),
                job.startedAt() == null ? null : ClientTime.plain(job.startedAt()),
                url,
                false,
                job.deployment() == null ? null : job.deployment().toString(),
                job.error());
    }

    private static JobStatus status(String text) {
        try {
            return JobStatus.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw ApiException.badRequest(
                    "The status is one of waiting, working, done, error, cancelling and cancelled");
        }
    }

    private static Optional<JobId> jobId(String text) {
        try {
            return Optional.of(JobId.parse(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
