package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.deployments.LiveViews;
import dev.rookery.controlplane.deployments.LiveViews.Way;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds out which partitions rows get to by a view, without storing anything. Not thread safe. */
final class Probe {
    private final Swaps swaps;
    private final WorkspaceSnapshot workspace;
    private final TenantPlace place;

    Probe(Swaps swaps, WorkspaceSnapshot workspace) {
        this.swaps = swaps;
        this.workspace = workspace;
        this.place = workspace.place();
    }

    /**
     * The ids of the target's partitions that the rows of a table get to. Of these rows only what decides that is read.
     *
     * @param from a table of the same columns as the view's source
     */
    Set<String> reached(LiveViews views, Way way, String from, DatasourceEntry target) {
        String key = ask("SELECT partition_key FROM system.tables WHERE database = %s AND name = %s FORMAT TSVRaw"
                .formatted(Sql.literal(place.database()), Sql.literal(target.table())));
        String select = views.select(way, place.database(), Map.of(way.source(), from));
        List<String> columns = ask("""
                        SELECT name, type FROM system.columns
                         WHERE database = %s AND table = %s AND default_kind IN ('', 'DEFAULT') ORDER BY position
                        FORMAT TSVRaw
                        """.formatted(Sql.literal(place.database()), Sql.literal(target.table())))
                .lines()
                .toList();
        Set<String> made = new TreeSet<>(ask("DESCRIBE TABLE (%s\n) FORMAT TSVRaw".formatted(select))
                .lines()
                .map(line -> line.split("\t", -1)[0])
                .toList());
        String cast = String.join(
                ", ",
                columns.stream()
                        .map(line -> line.split("\t", 2))
                        .map(column -> "%s AS %s"
                                .formatted(
                                        made.contains(column[0])
                                                ? "CAST(r.%s, %s)"
                                                        .formatted(Sql.identifier(column[0]), Sql.literal(column[1]))
                                                : "defaultValueOfTypeName(%s)".formatted(Sql.literal(column[1])),
                                        Sql.identifier(column[0])))
                        .toList());
        String id = key.isBlank() ? "'all'" : "partitionId(%s)".formatted(key.strip());
        return new TreeSet<>(
                ask("SELECT DISTINCT %s FROM (SELECT %s FROM (%s\n) AS r) FORMAT TSVRaw".formatted(id, cast, select))
                        .lines()
                        .toList());
    }

    private String ask(String statement) {
        try {
            return swaps.admin(place, ClickHouseRequest.of(statement).with("max_execution_time", "0"));
        } catch (ClickHouseException e) {
            if (e.isRetriable()) {
                throw e;
            }
            throw new JobFailedException(Condition.publicMessage(workspace, e), e);
        }
    }
}
