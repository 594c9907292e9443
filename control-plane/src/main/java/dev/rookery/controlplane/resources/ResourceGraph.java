package dev.rookery.controlplane.resources;

import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.datafile.NodeOutput;
import dev.rookery.datafile.PipeNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who reads whom in one deployment. Immutable. */
final class ResourceGraph {
    private final DeploymentView view;
    private final Set<String> shared;
    private final NodeReferences references;
    private final Map<String, SortedSet<String>> readers = new TreeMap<>();

    /** @param shared names of the data sources of other workspaces that this one may read */
    ResourceGraph(DeploymentView view, Set<String> shared, NodeReferences references) {
        this.view = view;
        this.shared = shared;
        this.references = references;
        view.pipes()
                .values()
                .forEach(pipe -> resources(pipe)
                        .forEach(name -> readers.computeIfAbsent(name, _ -> new TreeSet<>())
                                .add(pipe.name())));
    }

    /** What a node reads: other nodes of its pipe, pipes and data sources, by name. */
    List<String> dependencies(PipeEntry pipe, PipeNode node) {
        return references.of(pipe, node).stream()
                .filter(name -> isSibling(pipe, node, name) || isResource(pipe, name))
                .toList();
    }

    /** The pipes that read a data source or pipe themselves, by name. */
    List<PipeEntry> readersOf(String name) {
        return readers.getOrDefault(name, new TreeSet<>()).stream()
                .map(reader -> view.pipes().get(reader))
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(PipeEntry::name))
                .toList();
    }

    /** The data sources that a pipe reads, itself or through others. */
    Set<String> datasourcesOf(PipeEntry pipe) {
        Set<String> found = new TreeSet<>();
        collect(pipe, found, new TreeSet<>());
        return found;
    }

    private void collect(PipeEntry pipe, Set<String> datasources, Set<String> seen) {
        if (seen.add(pipe.name())) {
            resources(pipe).forEach(name -> {
                PipeEntry other = view.pipes().get(name);
                if (other == null) {
                    datasources.add(name);
                } else {
                    collect(other, datasources, seen);
                }
            });
        }
    }

    /** The data sources that materialized views fill with what comes into this one, with the pipes that do. */
    Map<String, Set<String>> targetsOf(String datasource, boolean recursive) {
        Map<String, Set<String>> targets = new TreeMap<>();
        addTargets(datasource, recursive, targets);
        return targets;
    }

    private void addTargets(String datasource, boolean recursive, Map<String, Set<String>> targets) {
        for (PipeEntry pipe : view.pipes().values()) {
            if (datasourcesOf(pipe).contains(datasource)) {
                filledBy(pipe).forEach(target -> {
                    boolean isNew = !targets.containsKey(target);
                    targets.computeIfAbsent(target, _ -> new TreeSet<>()).add(pipe.name());
                    if (isNew && recursive) {
                        addTargets(target, true, targets);
                    }
                });
            }
        }
    }

    private static Stream<String> filledBy(PipeEntry pipe) {
        return pipe.file().nodes().stream()
                .map(node -> node.output() instanceof NodeOutput.Materialized materialized
                        ? materialized.datasource().value()
                        : "")
                .filter(target -> !target.isEmpty());
    }

    private Stream<String> resources(PipeEntry pipe) {
        return pipe.file().nodes().stream()
                .flatMap(node -> references.of(pipe, node).stream()
                        .filter(name -> !isSibling(pipe, node, name) && isResource(pipe, name)));
    }

    private boolean isResource(PipeEntry pipe, String name) {
        return view.datasources().containsKey(name)
                || shared.contains(name)
                || (view.pipes().containsKey(name) && !name.equals(pipe.name()));
    }

    private static boolean isSibling(PipeEntry pipe, PipeNode node, String name) {
        return !name.equals(node.name())
                && pipe.file().nodes().stream().anyMatch(other -> other.name().equals(name));
    }
}
