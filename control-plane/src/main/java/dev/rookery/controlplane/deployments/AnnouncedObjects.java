package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.ObjectId;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.StagingRole;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The tables and views that a plan needs, recorded before anything of it exists in ClickHouse. The maps are by the
 * resource's name.
 *
 * @param tables tables that will serve
 * @param views materialized views that will serve
 * @param staging what is needed to bring rows in, by what it is for
 * @param trials empty tables with the columns that live tables get only when the candidate goes live, to try SQL out on;
 *     no deployment names them, so that they are retired with the next change
 */
record AnnouncedObjects(
        Map<String, PhysicalObject> tables,
        Map<String, PhysicalObject> views,
        Map<StagingRole, Map<String, PhysicalObject>> staging,
        Map<String, PhysicalObject> trials) {
    AnnouncedObjects {
        tables = Map.copyOf(tables);
        views = Map.copyOf(views);
        staging = Map.copyOf(staging);
        trials = Map.copyOf(trials);
    }

    /** The name of a staging table or view. */
    String staging(StagingRole role, String resource) {
        return Objects.requireNonNull(staging.getOrDefault(role, Map.of()).get(resource), () -> role + " " + resource)
                .name();
    }

    /** Everything, views before the tables that they read and write. */
    List<PhysicalObject> all() {
        return Stream.concat(
                        Stream.of(tables, views, trials).flatMap(objects -> objects.values().stream()),
                        staging.values().stream().flatMap(objects -> objects.values().stream()))
                .sorted(Comparator.comparing(object -> object.kind() != PhysicalObject.Kind.VIEW))
                .toList();
    }

    /** What goes live with the candidate. */
    List<ObjectId> serving() {
        return Stream.concat(tables.values().stream(), views.values().stream())
                .map(PhysicalObject::id)
                .toList();
    }
}
