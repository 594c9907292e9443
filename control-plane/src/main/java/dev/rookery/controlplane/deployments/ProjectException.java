package dev.rookery.controlplane.deployments;

import java.util.List;

/** The project cannot be deployed, for all of these reasons. */
final class ProjectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ProjectError> errors;

    ProjectException(List<ProjectError> errors) {
        super(errors.getFirst().error());
        this.errors = List.copyOf(errors);
    }

    ProjectException(ProjectError error) {
        this(List.of(error));
    }

    List<ProjectError> errors() {
        return errors;
    }
}
