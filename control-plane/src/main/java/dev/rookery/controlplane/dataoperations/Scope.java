package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.controlplane.deployments.LiveViews;
import dev.rookery.controlplane.deployments.LiveViews.Way;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is concerned when the tables of some data sources are exchanged. Immutable.
 *
 * @param swapped the data sources that get another table, each behind those that it is made from
 * @param rehung the views that name one of them, and are made anew; those that have stopped for good are not
 * @param stopped whose arriving rows would get into one of those tables or views
 */
record Scope(LiveViews views, List<String> swapped, List<Way> rehung, Set<String> stopped) {
    Scope {
        swapped = List.copyOf(swapped);
        rehung = List.copyOf(rehung);
        stopped = Set.copyOf(stopped);
    }

    /** @param stale physical names of views that have stopped for good */
    static Scope of(LiveViews views, Collection<String> stale, List<String> swapped) {
        List<Way> rehung = views.ways().stream()
                .filter(way ->
                        swapped.contains(way.target()) || way.reads().stream().anyMatch(swapped::contains))
                .filter(way -> !stale.contains(way.view()))
                .toList();
        Set<String> roots = new HashSet<>(swapped);
        rehung.forEach(way -> roots.add(way.source()));
        return new Scope(views, swapped, rehung, views.upstream(roots));
    }

    /** Whether a view leads from one of the tables that are exchanged to another. */
    boolean isInner(Way way) {
        return swapped.contains(way.source()) && swapped.contains(way.target());
    }

    /** What nobody else may exchange meanwhile. */
    Set<ResourceId> claims(DeploymentView live) {
        Set<ResourceId> claims = new HashSet<>();
        swapped.forEach(name -> claims.add(idOf(live, name)));
        rehung.forEach(way -> claims.add(way.pipe()));
        return claims;
    }

    /** Whose storing a barrier stops. */
    Set<ResourceId> sources(DeploymentView live) {
        Set<ResourceId> sources = new HashSet<>();
        stopped.forEach(name -> sources.add(idOf(live, name)));
        return sources;
    }

    static ResourceId idOf(DeploymentView live, String name) {
        return Objects.requireNonNull(live.datasources().get(name), name).id();
    }
}
