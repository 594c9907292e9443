package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.WorkspaceId;
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
import dev.rookery.sql.FinalReference;
import dev.rookery.sql.RewrittenSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares a project with the live deployment and decides what happens to each resource. Nothing is changed here. A plan
 * is for one call; not thread safe.
 */
final class DeploymentPlanner {
    private final WorkspaceId workspace;
    private final DeploymentView live;
    private final Set<String> stale;
    private final Project project;
    private final ProjectRules rules;
    private final PlanOptions options;

    private final List<ProjectError> errors = new ArrayList<>();
    private final List<ResourceChange> changes = new ArrayList<>();
    private final List<StagingPlanner.View> views = new ArrayList<>();

    /** @param stale physical views that have left the write plan, and are to be made anew */
    DeploymentPlanner(
            WorkspaceId workspace,
            DeploymentView live,
            Set<String> stale,
            Project project,
            ProjectRules rules,
            PlanOptions options) {
        this.stale = Set.copyOf(stale);
        this.workspace = workspace;
        this.live = live;
        this.project = project;
        this.rules = rules;
        this.options = options;
    }

    /** @throws ProjectException with everything that keeps the project from being deployed */
    DeploymentPlan plan() {
        project.datasources().values().forEach(this::checkDatasource);
        project.pipes().values().forEach(this::checkPipe);
        checkViewCycles();
        planDeletions();
        errors.addAll(rules.check(workspace, project));
        // Only what is right by itself can be compared with what is live.
        if (!errors.isEmpty()) {
            throw new ProjectException(errors);
        }
        return stage(rules.tokenChanges(workspace, project));
    }

    private DeploymentPlan stage(List<TokenChange> tokenChanges) {
        var staging = new StagingPlanner(project, live, views, options);
        staging.plan();
        if (!staging.errors().isEmpty()) {
            throw new ProjectException(staging.errors());
        }
        SortedMap<String, PlannedDatasource> datasources = new TreeMap<>();
        project.datasources()
                .forEach((name, source) -> datasources.put(
                        name, new PlannedDatasource(source, live.datasources().get(name), staging.treatment(name))));
        Set<String> kept = views.stream()
                .filter(staging::keepsView)
                .map(view -> view.edge().pipe())
                .collect(Collectors.toSet());
        SortedMap<String, PlannedPipe> pipes = new TreeMap<>();
        project.pipes().forEach((name, source) -> {
            PipeEntry current = live.pipes().get(name);
            pipes.put(name, new PlannedPipe(source, current != null && kept.contains(name) ? current.view() : null));
        });
        StagingGraph graph = staging.graph();
        return new DeploymentPlan(
                datasources,
                pipes,
                views.stream().map(StagingPlanner.View::edge).toList(),
                graph,
                staging.movements(graph),
                changes,
                tokenChanges,
                staging.feedback());
    }

    private void checkDatasource(Source<DatasourceFile> source) {
        DatasourceFile file = source.file();
        checkDdl(source);
        DatasourceEntry current = live.datasources().get(file.name());
        if (current == null) {
            changes.add(new ResourceChange(ResourceKind.DATASOURCE, file.name(), Change.NEW));
        } else if (!current.file().equals(file)) {
            changes.add(new ResourceChange(ResourceKind.DATASOURCE, file.name(), Change.CHANGED));
        }
    }

    private void checkDdl(Source<DatasourceFile> source) {
        try {
            TableDdl.create("database", "table", source.file());
        } catch (DdlException e) {
            errors.add(ProjectError.of(source.path(), e.line(), String.valueOf(e.getMessage())));
        }
    }

    private void checkPipe(Source<PipeFile> source) {
        PipeFile file = source.file();
        PipeEntry current = live.pipes().get(file.name());
        if (current == null) {
            changes.add(new ResourceChange(ResourceKind.PIPE, file.name(), Change.NEW));
        } else if (!current.file().equals(file)) {
            changes.add(new ResourceChange(ResourceKind.PIPE, file.name(), Change.CHANGED));
        }
        List<String> read = tablesRead(source);
        PlannedPipe.materialized(file).ifPresent(node -> {
            checkTarget(source, node);
            checkSource(source, node, current, read);
        });
    }

    /** A view's rows are those that arrive in the first data source of its FROM (MV-7). */
    private void checkSource(Source<PipeFile> source, PipeNode node, @Nullable PipeEntry current, List<String> read) {
        String target = PlannedPipe.target(source.file()).orElseThrow();
        if (read.isEmpty()) {
            errors.add(ProjectError.of(
                    source.path(),
                    node.sql().at().line(),
                    "The materialized node '%s' reads no data source: rows that arrive in one are what it transforms"
                            .formatted(node.name())));
            return;
        }
        boolean changed = current == null
                || current.view() == null
                || stale.contains(current.view())
                || !PlannedPipe.target(current.file()).equals(Optional.of(target))
                // What it inlines from other pipes is part of a view, which does not follow them by itself.
                || !sqlOf(project, source.file()).equals(sqlOf(ProjectOf.view(live, project.around()), current.file()));
        views.add(new StagingPlanner.View(
                new ViewEdge(source.file().name(), read.getFirst(), target), Set.copyOf(read), changed));
    }

    /** Rows would go round for ever. */
    private void checkViewCycles() {
        for (StagingPlanner.View view : views) {
            Set<String> reached = new TreeSet<>(Set.of(view.edge().target()));
            while (views.stream()
                    .map(StagingPlanner.View::edge)
                    .filter(edge -> reached.contains(edge.source()))
                    .map(ViewEdge::target)
                    .toList()
                    .stream()
                    .anyMatch(reached::add)) {
                // until nothing more is reached
            }
            if (reached.contains(view.edge().source())) {
                Source<PipeFile> source = java.util.Objects.requireNonNull(
                        project.pipes().get(view.edge().pipe()));
                errors.add(ProjectError.of(
                        source.path(),
                        0,
                        "Materialized views lead from '%s' back to itself"
                                .formatted(view.edge().source())));
            }
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

    /**
     * Resolves every name the pipe uses; unknown names and cycles are errors.
     *
     * @return the data sources that its materialized node reads, in the order of the statement
     */
    private List<String> tablesRead(Source<PipeFile> source) {
        List<String> read = new ArrayList<>();
        for (PipeNode node : source.file().nodes()) {
            try {
                RewrittenSql composed = NodeComposer.byName(project).compose(source.file(), node);
                if (node.output() instanceof NodeOutput.Materialized) {
                    refuseShared(source, node, composed);
                    composed.references().stream()
                            .filter(reference -> "".equals(reference.database()))
                            .map(FinalReference::name)
                            .forEach(read::add);
                }
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

    /** Rows of another workspace stay in its own views (SHR-2). */
    private void refuseShared(Source<PipeFile> source, PipeNode node, RewrittenSql composed) {
        composed.references().stream()
                .filter(reference -> project.around().owners().contains(reference.database()))
                .findFirst()
                .ifPresent(shared -> errors.add(ProjectError.of(
                        source.path(),
                        node.sql().at().line(),
                        "The materialized node '%s' reads '%s.%s', which is shared with this workspace: make the materialized view in the workspace '%s'"
                                .formatted(node.name(), shared.database(), shared.name(), shared.database()))));
    }

    /** The statement that a materialized pipe's view consists of, over data sources by name; empty when there is none. */
    private static String sqlOf(Project project, PipeFile file) {
        try {
            return PlannedPipe.materialized(file)
                    .map(node ->
                            NodeComposer.byName(project).compose(file, node).text())
                    .orElse("");
        } catch (NodeException e) {
            return "";
        }
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
