package dev.rookery.controlplane.jobs;

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
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What runs and ran in the background (JOB rows). */
@RestController
class JobController {
    private final JobStore jobs;
    private final TransactionOperations transaction;

    JobController(JobStore jobs, TransactionOperations transaction) {
        this.jobs = jobs;
        this.transaction = transaction;
    }

    @GetMapping("/v0/jobs")
    Map<String, List<JobAnswer>> list(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        WorkspaceId workspace =
                CallerContext.tenant(caller, Action.READ_RESOURCES).workspace();
        ClientParameters parameters = ClientParameters.ofQuery(request);
        JobStatus status = parameters.find("status").map(JobController::status).orElse(null);
        List<Job> found = jobs.recent(workspace, parameters.find("kind").orElse(null), status);
        return Map.of(
                "jobs", found.stream().map(job -> JobAnswer.of(job, request)).toList());
    }

    /** Whoever was told a job's id may follow it: a token that only appends starts imports too. */
    @GetMapping("/v0/jobs/{id}")
    JobAnswer get(@AuthenticationPrincipal Caller caller, @PathVariable String id, HttpServletRequest request) {
        return JobAnswer.of(find(CallerContext.tenant(caller).workspace(), id), request);
    }

    @PostMapping("/v0/jobs/{id}/cancel")
    JobAnswer cancel(@AuthenticationPrincipal Caller caller, @PathVariable String id, HttpServletRequest request) {
        WorkspaceId workspace =
                CallerContext.tenant(caller, Action.MANAGE_RESOURCES).workspace();
        Job job = find(workspace, id);
        return Optional.ofNullable(transaction.execute(_ -> jobs.cancel(workspace, job.id())))
                .flatMap(cancelled -> cancelled)
                .map(cancelled -> JobAnswer.of(cancelled, request))
                .orElseThrow(() -> ApiException.badRequest(
                        job.status().isFinal()
                                ? "The job is at its end: its status is '%s'"
                                        .formatted(job.status().text())
                                : "A job of the kind '%s' can not be cancelled".formatted(job.kind())));
    }

    private Job find(WorkspaceId workspace, String id) {
        return jobId(id)
                .flatMap(job -> jobs.find(workspace, job))
                .orElseThrow(() -> ApiException.notFound("The job '%s' does not exist".formatted(id)));
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
