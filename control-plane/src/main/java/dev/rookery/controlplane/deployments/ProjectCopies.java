package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Brings the live project of one workspace into another, as its files stand. Thread safe. */
public final class ProjectCopies {
    private final DeploymentService service;

    ProjectCopies(DeploymentService service) {
        this.service = service;
    }

    /**
     * Builds the project; does nothing when it is there already.
     *
     * @throws JobFailedException when it cannot be built there, with every reason
     */
    public void copy(WorkspaceSnapshot from, WorkspaceId to) {
        try {
            service.build(to, files(from.live()));
        } catch (ProjectException e) {
            throw new JobFailedException(
                    e.errors().stream().map(ProjectError::error).collect(Collectors.joining("\n")), e);
        }
    }

    private static List<ProjectFile> files(DeploymentView view) {
        List<ProjectFile> files = new ArrayList<>();
        view.datasources().values().forEach(entry -> files.add(new ProjectFile(entry.path(), entry.text())));
        view.pipes().values().forEach(entry -> files.add(new ProjectFile(entry.path(), entry.text())));
        return files;
    }
}
