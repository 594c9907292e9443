package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.deployments.Feedback;
import dev.rookery.catalog.deployments.ResourceChange;
import dev.rookery.catalog.deployments.ResourceChange.Change;
import dev.rookery.catalog.deployments.ResourceKind;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.controlplane.deployments.Project.Source;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.NodeOutput;
import dev.rookery.datafile.PipeFile;
import dev.rookery.datafile.PipeNode;
import dev.rookery.datafile.TokenGrant;
import dev.rookery.sql.FinalReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares a project with the live deployment and decides what happens to each resource. Nothing is changed here. A plan
 * is for one call; not thread safe.
 */
final class DeploymentPlanner {
    private final WorkspaceId workspace;
    private final DeploymentView live;
    private final Project project;
    private final DatafileTokens tokens;
    private final PlanOptions options;

    private final List<ProjectError> errors = new ArrayList<>();
    private final List<ResourceChange> changes = new ArrayList<>();
    private final List<Feedback> feedback = new ArrayList<>();
    private final TreeMap<String, PlannedDatasource> datasources = new TreeMap<>();
    private final TreeMap<String, PlannedPipe> pipes = new TreeMap<>();

    DeploymentPlanner(
            WorkspaceId workspace, DeploymentView live, Project project, DatafileTokens tokens, PlanOptions options) {
        this.workspace = workspace;
        this.live = live;
        this.project = project;
        this.tokens = tokens;
        this.options = options;
    }

    /** @throws ProjectException with everything that keeps the project from being deployed */
    DeploymentPlan plan() {
        project.datasources().values().forEach(this::planDatasource);
        project.pipes().values().forEach(this::planPipe);
        planDeletions();
        Map<String, Set<dev.rookery.catalog.tokens.Scope>> wanted = wantedTokens();
        List<String> taken = tokens.taken(workspace, wanted.keySet());
        project.datasources()
                .values()
                .forEach(source -> refuseTaken(source, source.file().tokens(), taken));
        project.pipes()
                .values()
                .forEach(source -> refuseTaken(source, source.file().tokens(), taken));
        if (!errors.isEmpty()) {
            throw new ProjectException(errors);
        }
        return new DeploymentPlan(datasources, pipes, changes, tokens.compare(workspace, wanted), feedback);
    }

    private void refuseTaken(Source<?> source, List<TokenGrant> grants, List<String> taken) {
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

    private Map<String, Set<dev.rookery.catalog.tokens.Scope>> wantedTokens() {
        return DatafileTokens.wanted(
                project.datasources().values().stream().map(Source::file).toList(),
                project.pipes().values().stream().map(Source::file).toList());
    }

    private void planDatasource(Source<DatasourceFile> source) {
        DatasourceFile file = source.file();
        checkDdl(source);
        DatasourceEntry current = live.datasources().get(file.name());
        if (current == null) {
            changes.add(new ResourceChange(ResourceKind.DATASOURCE, file.name(), Change.NEW));
            datasources.put(file.name(), new PlannedDatasource(source, null, List.of()));
            return;
        }
        if (!current.file().equals(file)) {
            changes.add(new ResourceChange(ResourceKind.DATASOURCE, file.name(), Change.CHANGED));
        }
        SchemaChange change = SchemaChange.between(current.file(), file);
        switch (change) {
            case SchemaChange.None _ ->
                datasources.put(file.name(), new PlannedDatasource(source, current.table(), List.of()));
            case SchemaChange.AddColumns added ->
                datasources.put(file.name(), new PlannedDatasource(source, current.table(), added.columns()));
            case SchemaChange.Rebuild rebuild -> {
                datasources.put(file.name(), new PlannedDatasource(source, null, List.of()));
                if (options.inPlace()) {
                    feedback.add(new Feedback(
                            Feedback.Level.WARNING,
                            ProjectError.label(source.path()),
                            "%s: the data source starts empty again".formatted(rebuild.reason())));
                } else {
                    errors.add(ProjectError.of(
                            source.path(),
                            0,
                            "%s: changing this in a data source that is live is not supported yet"
                                    .formatted(rebuild.reason())));
                }
            }
        }
    }

    private void checkDdl(Source<DatasourceFile> source) {
        try {
            TableDdl.create("database", "table", source.file());
        } catch (DdlException e) {
            errors.add(ProjectError.of(source.path(), e.line(), String.valueOf(e.getMessage())));
        }
    }

    private void planPipe(Source<PipeFile> source) {
        PipeFile file = source.file();
        PipeEntry current = live.pipes().get(file.name());
        boolean same = current != null && current.file().equals(file);
        String liveView = current == null || !same ? null : current.view();
        // What it inlines from other pipes is part of a view, which does not follow them by itself.
        if (liveView != null && !sqlOf(project, file).equals(sqlOf(liveProject(), file))) {
            liveView = null;
        }
        if (current == null) {
            changes.add(new ResourceChange(ResourceKind.PIPE, file.name(), Change.NEW));
        } else if (!same) {
            changes.add(new ResourceChange(ResourceKind.PIPE, file.name(), Change.CHANGED));
        }
        PlannedPipe planned = new PlannedPipe(source, null);
        planned.materialized().ifPresent(node -> checkTarget(source, node));
        Set<String> read = tablesRead(source);
        boolean keepsView = liveView != null
                && planned.materialized().isPresent()
                && read.stream().noneMatch(name -> isRebuilt(name))
                && !isRebuilt(target(planned));
        pipes.put(file.name(), keepsView ? new PlannedPipe(source, liveView) : planned);
        if (!keepsView && planned.materialized().isPresent() && !options.inPlace()) {
            requireNewSources(source, read);
        }
    }

    private void checkTarget(Source<PipeFile> source, PipeNode node) {
        if (node.output() instanceof NodeOutput.Materialized materialized
                && !project.datasources().containsKey(materialized.datasource().value())) {
            errors.add(ProjectError.of(
                    source.path(),
                    materialized.datasource().at().line(),
                    "The data source '%s' that the node '%s' writes to does not exist in the project"
                            .formatted(materialized.datasource().value(), node.name())));
        }
        if (node.sql().isTemplate()) {
            errors.add(ProjectError.of(
                    source.path(),
                    node.sql().at().line(),
                    "A materialized node takes no parameters: remove the %% and the template from '%s'"
                            .formatted(node.name())));
        }
    }

    /** Resolves every name the pipe uses; unknown names and cycles are errors. */
    private Set<String> tablesRead(Source<PipeFile> source) {
        Set<String> read = new TreeSet<>();
        for (PipeNode node : source.file().nodes()) {
            try {
                NodeComposer.byName(project).compose(source.file(), node).references().stream()
                        .filter(reference -> "".equals(reference.database()))
                        .map(FinalReference::name)
                        .forEach(read::add);
            } catch (NodeException e) {
                if (e.lacksParameters()) {
                    continue;
                }
                errors.add(ProjectError.of(
                        source.path(), node.sql().at().line(), "Node '%s': %s".formatted(node.name(), e.getMessage())));
            }
        }
        return read;
    }

    private Project liveProject() {
        TreeMap<String, Source<DatasourceFile>> sources = new TreeMap<>();
        live.datasources().forEach((name, entry) -> sources.put(name, new Source<>(name, entry.text(), entry.file())));
        TreeMap<String, Source<PipeFile>> pipeSources = new TreeMap<>();
        live.pipes().forEach((name, entry) -> pipeSources.put(name, new Source<>(name, entry.text(), entry.file())));
        return new Project(sources, pipeSources);
    }

    /** The statement that a materialized pipe's view consists of, over data sources by name; empty when there is none. */
    private static String sqlOf(Project project, PipeFile file) {
        try {
            return new PlannedPipe(new Source<>("", "", file), null)
                    .materialized()
                    .map(node ->
                            NodeComposer.byName(project).compose(file, node).text())
                    .orElse("");
        } catch (NodeException e) {
            return "";
        }
    }

    private void requireNewSources(Source<PipeFile> source, Set<String> read) {
        for (String name : read) {
            if (project.datasources().containsKey(name) && !isRebuilt(name)) {
                errors.add(ProjectError.of(
                        source.path(),
                        0,
                        "Adding or changing a materialized view over '%s', which has rows already, is not supported yet"
                                .formatted(name)));
            }
        }
    }

    private boolean isRebuilt(String datasource) {
        PlannedDatasource planned = datasources.get(datasource);
        return planned != null && planned.isRebuilt();
    }

    private static String target(PlannedPipe pipe) {
        return pipe.materialized()
                .map(PipeNode::output)
                .map(output -> output instanceof NodeOutput.Materialized view
                        ? view.datasource().value()
                        : "")
                .orElse("");
    }

    private void planDeletions() {
        for (String name : live.datasources().keySet()) {
            if (!project.datasources().containsKey(name)) {
                changes.add(new ResourceChange(ResourceKind.DATASOURCE, name, Change.DELETED));
                if (!options.allowDestructive()) {
                    errors.add(new ProjectError(
                            name + ".datasource",
                            "Datasource " + name + ".datasource",
                            "The data source '%s' is not in the project: deploying would delete it with all its rows. Put it back, or allow destructive operations"
                                    .formatted(name)));
                }
            }
        }
        for (String name : live.pipes().keySet()) {
            if (!project.pipes().containsKey(name)) {
                changes.add(new ResourceChange(ResourceKind.PIPE, name, Change.DELETED));
            }
        }
    }
}
