package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.controlplane.deployments.Project.Source;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.PipeFile;
import java.util.SortedMap;
import java.util.TreeMap;

/** The project that a deployment was made from. */
final class ProjectOf {
    private ProjectOf() {}

    static Project view(DeploymentView view, Surroundings around) {
        SortedMap<String, Source<DatasourceFile>> sources = new TreeMap<>();
        view.datasources()
                .forEach((name, entry) -> sources.put(name, new Source<>(entry.path(), entry.text(), entry.file())));
        SortedMap<String, Source<PipeFile>> pipes = new TreeMap<>();
        view.pipes().forEach((name, entry) -> pipes.put(name, new Source<>(entry.path(), entry.text(), entry.file())));
        return new Project(sources, pipes, around);
    }
}
