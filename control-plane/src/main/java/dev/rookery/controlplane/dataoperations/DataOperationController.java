package dev.rookery.controlplane.dataoperations;

import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.access.web.ErrorBody;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.controlplane.CallerContext;
import dev.rookery.controlplane.EngineFailure;
import dev.rookery.controlplane.jobs.JobAnswer;
import dev.rookery.controlplane.resources.ResourcePaths;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Removes rows of data sources (DS-11 to DS-16). */
@RestController
class DataOperationController {
    private final Truncation truncation;

    private final Deletion deletion;

    DataOperationController(Truncation truncation, Deletion deletion) {
        this.truncation = truncation;
        this.deletion = deletion;
    }

    record Truncated(String status) {}

    @PostMapping(ResourcePaths.TRUNCATE)
    Truncated truncate(@AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletRequest request) {
        WorkspaceId workspace = manage(caller);
        truncation.truncate(workspace, name, ClientParameters.of(request).isTrue("cascade"));
        return new Truncated("ok");
    }

    record Counted(long rowsToBeDeleted) {}

    record Deleting(String id, String jobId, String jobUrl, JobAnswer job, String status, String deleteId) {}

    @PostMapping(ResourcePaths.DELETE_ROWS)
    Object delete(@AuthenticationPrincipal Caller caller, @PathVariable String name, HttpServletRequest request) {
        WorkspaceId workspace = manage(caller);
        ClientParameters parameters = ClientParameters.of(request);
        String condition = parameters.require(DeletionJob.CONDITION);
        if (parameters.isTrue("dry_run")) {
            return new Counted(deletion.count(workspace, name, condition));
        }
        JobAnswer job = JobAnswer.of(deletion.begin(workspace, name, condition), request);
        return new Deleting(job.id(), job.id(), job.jobUrl(), job, job.status(), job.id());
    }

    @ExceptionHandler
    ResponseEntity<ErrorBody> onEngineFailure(ClickHouseException e) {
        return EngineFailure.answer(e);
    }

    /** DS-16. */
    private static WorkspaceId manage(Caller caller) {
        return CallerContext.tenant(caller, Action.MANAGE_RESOURCES).workspace();
    }
}
