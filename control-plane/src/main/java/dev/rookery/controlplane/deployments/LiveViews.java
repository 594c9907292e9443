package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.datafile.PipeNode;
import dev.rookery.sql.FinalReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** The materialized views of a deployment as the ways that rows take between its data sources. Immutable. */
public final class LiveViews {
    /**
     * A materialized view, by names of the project.
     *
     * @param pipe the pipe that it is of
     * @param view its physical name
     * @param source the data source whose arriving rows it transforms
     * @param target the data source that it writes to
     * @param reads every data source that its query names
     */
    public record Way(ResourceId pipe, String name, String view, String source, String target, Set<String> reads) {
        public Way {
            reads = Set.copyOf(reads);
        }
    }

    private final DeploymentView deployment;
    private final Project project;
    private final List<Way> ways;

    private LiveViews(DeploymentView deployment, Project project, List<Way> ways) {
        this.deployment = deployment;
        this.project = project;
        this.ways = List.copyOf(ways);
    }

    /** Those of the deployment that is live. */
    public static LiveViews of(WorkspaceSnapshot workspace) {
        DeploymentView deployment = workspace.live();
        Project project = ProjectOf.view(deployment, Surroundings.of(workspace));
        List<Way> ways = new ArrayList<>();
        for (PipeEntry pipe : deployment.pipes().values()) {
            String view = pipe.view();
            if (view != null) {
                PipeNode node = PlannedPipe.materialized(pipe.file()).orElseThrow();
                List<String> reads = NodeComposer.byName(project).compose(pipe.file(), node).references().stream()
                        .filter(reference -> "".equals(reference.database()))
                        .map(FinalReference::name)
                        .toList();
                ways.add(new Way(
                        pipe.id(),
                        pipe.name(),
                        view,
                        reads.getFirst(),
                        PlannedPipe.target(pipe.file()).orElseThrow(),
                        Set.copyOf(reads)));
            }
        }
        return new LiveViews(deployment, project, ways);
    }

    public List<Way> ways() {
        return ways;
    }

    /** The data sources that rows of some get to, with those themselves, each behind all that it is made from. */
    public List<String> downstream(Collection<String> names) {
        Set<String> reached = closure(names, Way::source, Way::target);
        List<String> ordered = new ArrayList<>();
        while (ordered.size() < reached.size()) {
            reached.stream()
                    .filter(name -> !ordered.contains(name))
                    .filter(name -> ways.stream()
                            .filter(way -> way.target().equals(name) && reached.contains(way.source()))
                            .allMatch(way -> ordered.contains(way.source())))
                    .findFirst()
                    .ifPresentOrElse(ordered::add, () -> {
                        throw new IllegalStateException("materialized views go in circles");
                    });
        }
        return ordered;
    }

    /** The data sources whose arriving rows get to some, with those themselves. */
    public Set<String> upstream(Collection<String> names) {
        return closure(names, Way::target, Way::source);
    }

    private Set<String> closure(Collection<String> names, Function<Way, String> from, Function<Way, String> to) {
        Set<String> reached = new LinkedHashSet<>(names);
        Deque<String> open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            String name = open.remove();
            ways.stream()
                    .filter(way -> from.apply(way).equals(name))
                    .map(to)
                    .filter(reached::add)
                    .forEach(open::add);
        }
        return reached;
    }

    /**
     * The query of a view.
     *
     * @param others tables to read in the place of those that are live, by data source
     */
    public String select(Way way, String database, Map<String, String> others) {
        Map<String, String> tables = new HashMap<>();
        deployment.datasources().values().forEach(entry -> tables.put(entry.name(), entry.table()));
        tables.putAll(others);
        PipeEntry pipe = Objects.requireNonNull(deployment.pipes().get(way.name()));
        return NodeComposer.physical(project, database, tables)
                .compose(pipe.file(), PlannedPipe.materialized(pipe.file()).orElseThrow())
                .text();
    }

    /** The data source of that name. */
    public DatasourceEntry datasource(String name) {
        return Objects.requireNonNull(deployment.datasources().get(name), name);
    }
}
