package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.tokens.Scope;
import dev.rookery.controlplane.deployments.Project.Source;
import dev.rookery.controlplane.projects.ResourceLimits;
import dev.rookery.datafile.Datafile;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.PipeFile;
import dev.rookery.datafile.TokenGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a project must keep to whatever is live: limits, names, tokens and shares. Thread safe. */
final class ProjectRules {
    private final ResourceLimits limits;
    private final DatafileTokens tokens;
    private final DatafileShares shares;

    ProjectRules(ResourceLimits limits, DatafileTokens tokens, DatafileShares shares) {
        this.limits = limits;
        this.tokens = tokens;
        this.shares = shares;
    }

    /** Everything that breaks a rule. */
    List<ProjectError> check(WorkspaceId workspace, Project project) {
        List<ProjectError> errors = new ArrayList<>(shares.check(workspace, project));
        limits.check(files(project).toList()).forEach(excess -> errors.add(error(project, excess)));
        List<String> taken = tokens.taken(workspace, wantedTokens(project).keySet());
        project.datasources()
                .values()
                .forEach(source -> refuseTaken(errors, source, source.file().tokens(), taken));
        project.pipes()
                .values()
                .forEach(source -> refuseTaken(errors, source, source.file().tokens(), taken));
        return errors;
    }

    /** What the TOKEN lines of a project change. */
    List<TokenChange> tokenChanges(WorkspaceId workspace, Project project) {
        return tokens.compare(workspace, wantedTokens(project));
    }

    private static Stream<Datafile> files(Project project) {
        return Stream.concat(
                project.datasources().values().stream().map(Source::file),
                project.pipes().values().stream().map(Source::file));
    }

    private static ProjectError error(Project project, ResourceLimits.Excess excess) {
        Source<DatasourceFile> datasource = project.datasources().get(excess.resource());
        Source<PipeFile> pipe = project.pipes().get(excess.resource());
        if (datasource != null) {
            return ProjectError.of(datasource.path(), 0, excess.message());
        }
        return pipe != null
                ? ProjectError.of(pipe.path(), 0, excess.message())
                : new ProjectError(null, "Project", excess.message());
    }

    private static Map<String, Set<Scope>> wantedTokens(Project project) {
        return DatafileTokens.wanted(
                project.datasources().values().stream().map(Source::file).toList(),
                project.pipes().values().stream().map(Source::file).toList());
    }

    private static void refuseTaken(
            List<ProjectError> errors, Source<?> source, List<TokenGrant> grants, List<String> taken) {
        for (TokenGrant grant : grants) {
            if (taken.contains(grant.token())) {
                errors.add(ProjectError.of(
                        source.path(),
                        grant.at().line(),
                        "The TOKEN line names '%s', a token that was not made by a deployment; choose another name"
                                .formatted(grant.token())));
            }
        }
    }
}
