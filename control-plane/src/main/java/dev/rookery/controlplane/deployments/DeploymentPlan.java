package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.deployments.DataMovement;
import dev.rookery.catalog.deployments.Feedback;
import dev.rookery.catalog.deployments.ResourceChange;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a project becomes the workspace's next deployment: everything that will change, decided before anything does.
 *
 * @param views every materialized view of the project
 * @param graph how rows come into new tables
 * @param movements what clients are told of that
 * @param changes against the live deployment
 */
record DeploymentPlan(
        SortedMap<String, PlannedDatasource> datasources,
        SortedMap<String, PlannedPipe> pipes,
        List<ViewEdge> views,
        StagingGraph graph,
        List<DataMovement> movements,
        List<ResourceChange> changes,
        List<TokenChange> tokenChanges,
        List<Feedback> feedback) {
    DeploymentPlan {
        datasources = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(datasources));
        pipes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(pipes));
        views = List.copyOf(views);
        movements = List.copyOf(movements);
        changes = List.copyOf(changes);
        tokenChanges = List.copyOf(tokenChanges);
        feedback = List.copyOf(feedback);
    }

    /**
     * Whether there is nothing to deploy. A token of the files that somebody deleted is something: it comes back (TOK-8);
     * and so is a view that has left the write plan.
     */
    boolean isEmpty() {
        return changes.isEmpty() && tokenChanges.isEmpty() && movements.isEmpty();
    }

    /** The parsed project, for resolving names. */
    Project project(Surroundings around) {
        var sources = new TreeMap<String, Project.Source<dev.rookery.datafile.DatasourceFile>>();
        var pipeSources = new TreeMap<String, Project.Source<dev.rookery.datafile.PipeFile>>();
        for (Map.Entry<String, PlannedDatasource> entry : datasources.entrySet()) {
            sources.put(entry.getKey(), entry.getValue().source());
        }
        for (Map.Entry<String, PlannedPipe> entry : pipes.entrySet()) {
            pipeSources.put(entry.getKey(), entry.getValue().source());
        }
        return new Project(sources, pipeSources, around);
    }
}
