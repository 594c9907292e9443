package dev.rookery.controlplane.dataoperations;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.operations.DataOperation;
import dev.rookery.catalog.operations.DataOperation.State;
import dev.rookery.catalog.operations.OperationRole;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.deployments.LiveViews.Way;
import dev.rookery.controlplane.tables.MaterializedViews;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Brings everything but arriving rows into a replace's new tables, from a fork on: what is computed anew is collected in
 * scratch tables, along the views; of the clones, the partitions that it replaces are set aside, and the others moved. Every
 * step may be repeated. For one replace; not thread safe.
 */
final class Rebuild {
    private static final int QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING = 216;

    private final Swaps swaps;
    private final WorkspaceSnapshot workspace;
    private final TenantPlace place;
    private final DataOperation operation;
    private final Payload payload;
    private final Runnable meanwhile;
    private final Map<OperationRole, Map<ResourceId, PhysicalObject>> objects = new HashMap<>();
    private final Scope scope;
    private final Probe probe;

    /** @param meanwhile called before each step; may throw */
    Rebuild(Swaps swaps, WorkspaceSnapshot workspace, DataOperation operation, Payload payload, Runnable meanwhile) {
        this.swaps = swaps;
        this.workspace = workspace;
        this.place = workspace.place();
        this.operation = operation;
        this.payload = payload;
        this.meanwhile = meanwhile;
        for (OperationRole role : OperationRole.values()) {
            objects.put(role, swaps.operations().objects(operation.id(), role));
        }
        this.scope = swaps.scope(
                workspace,
                of(OperationRole.SCRATCH).keySet().stream()
                        .map(id ->
                                Objects.requireNonNull(workspace.live().names().get(id)))
                        .toList());
        this.probe = new Probe(swaps, workspace);
    }

    /** @throws JobFailedException when what is made from the data source cannot follow */
    void run() {
        State state = operation.state();
        if (state == State.FORKED) {
            setAside(source(), payload.isWhole() ? List.of() : payload.partitions());
            fill();
            state = record(State.FILLED);
        }
        if (state == State.FILLED) {
            if (!payload.isWhole()) {
                followers().forEach(this::setAsideOf);
            }
            state = record(State.MOVING);
        }
        scope.swapped().forEach(name -> {
            drain(OperationRole.SCRATCH, name);
            drain(OperationRole.REMAINDER, name);
        });
        requireViews();
    }

    private State record(State state) {
        meanwhile.run();
        swaps.setState(operation, state);
        return state;
    }

    /** Of the data source that is replaced. */
    private String source() {
        return payload.entry().name();
    }

    /** What is made from it, each behind what it is made from. */
    private List<String> followers() {
        return scope.views().downstream(List.of(source())).stream()
                .filter(name -> !name.equals(source()))
                .toList();
    }

    private Map<ResourceId, PhysicalObject> of(OperationRole role) {
        return Objects.requireNonNull(objects.get(role));
    }

    private String name(OperationRole role, String datasource) {
        return Objects.requireNonNull(
                        of(role).get(scope.views().datasource(datasource).id()))
                .name();
    }

    private String table(String name) {
        return Sql.table(place.database(), name);
    }

    private void fill() {
        meanwhile.run();
        endQuery(swaps, workspace, operation);
        Map<String, String> scratch = new HashMap<>();
        for (String name : scope.swapped()) {
            DatasourceEntry entry = scope.views().datasource(name);
            scratch.put(name, name(OperationRole.SCRATCH, name));
            for (OperationRole role : List.of(OperationRole.SCRATCH, OperationRole.FORMER)) {
                create(name(role, name), entry);
            }
            swaps.admin(place, "TRUNCATE TABLE " + table(name(OperationRole.SCRATCH, name)));
        }
        for (Way way : scope.rehung()) {
            if (scope.isInner(way)) {
                swaps.admin(
                        place,
                        MaterializedViews.create(
                                place,
                                Objects.requireNonNull(
                                                of(OperationRole.SCRATCH_VIEW).get(way.pipe()))
                                        .name(),
                                Objects.requireNonNull(scratch.get(way.target())),
                                scope.views().select(way, place.database(), scratch)));
            }
        }
        insert(Objects.requireNonNull(scratch.get(source())));
    }

    private void create(String table, DatasourceEntry like) {
        swaps.admin(place, "CREATE TABLE IF NOT EXISTS %s AS %s".formatted(table(table), table(like.table())));
    }

    private void insert(String into) {
        String columns = columns(payload.entry().table());
        String rows = payload.isWhole()
                ? payload.select(columns)
                : payload.selectKept(columns, name(OperationRole.FORMER, source()))
                        + "\nUNION ALL\n"
                        + payload.select(columns);
        try {
            swaps.admin(
                    place,
                    ClickHouseRequest.of("INSERT INTO %s (%s)\n%s".formatted(table(into), columns, rows))
                            .with("query_id", queryOf(operation))
                            .with("max_execution_time", "0")
                            .with("max_partitions_per_insert_block", "0")
                            // What a row was given when it was first stored, it keeps.
                            .with("insert_allow_materialized_columns", "1")
                            // Equal blocks are equal rows of the tenant's, not repeats.
                            .with("insert_deduplicate", "0")
                            .with("deduplicate_blocks_in_dependent_materialized_views", "0")
                            // Keeps the connection in use for as long as it takes.
                            .with("send_progress_in_http_headers", "1")
                            .with("http_headers_progress_interval_ms", "10000"));
        } catch (ClickHouseException e) {
            if (e.isRetriable() || e.code() == QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING) {
                throw e;
            }
            throw new JobFailedException(
                    "Error on datasource '%s': %s".formatted(source(), Condition.publicMessage(workspace, e)), e);
        }
    }

    /** Ends the query that collects rows, should it still run for somebody. */
    static void endQuery(Swaps swaps, WorkspaceSnapshot workspace, DataOperation operation) {
        swaps.admin(
                workspace.place(), "KILL QUERY WHERE query_id = %s SYNC".formatted(Sql.literal(queryOf(operation))));
    }

    private static String queryOf(DataOperation operation) {
        return "replace-" + operation.id();
    }

    /** The columns that are stored. */
    private String columns(String table) {
        return String.join(
                ", ",
                swaps.admin(place, """
                                SELECT name FROM system.columns
                                 WHERE database = %s AND table = %s AND default_kind IN ('', 'DEFAULT', 'MATERIALIZED')
                                 ORDER BY position FORMAT TSVRaw
                                """.formatted(Sql.literal(place.database()), Sql.literal(table)))
                        .lines()
                        .map(Sql::identifier)
                        .toList());
    }

    /** Sets the partitions of a follower aside that rows of before or of after get to. */
    private void setAsideOf(String follower) {
        meanwhile.run();
        List<Way> ways = scope.views().ways().stream()
                .filter(way -> way.target().equals(follower))
                .toList();
        Set<String> partitions = new TreeSet<>(partitions(name(OperationRole.SCRATCH, follower)));
        for (Way way : ways) {
            partitions.addAll(probe.reached(
                    scope.views(),
                    way,
                    name(OperationRole.FORMER, way.source()),
                    scope.views().datasource(follower)));
        }
        for (Way way : ways) {
            Set<String> others = probe.reached(
                    scope.views(),
                    way,
                    name(OperationRole.REMAINDER, way.source()),
                    scope.views().datasource(follower));
            others.retainAll(partitions);
            if (!others.isEmpty()) {
                throw new JobFailedException(
                        "The partition key of '%s' is not compatible with that of '%s': rows of partitions that are not replaced get into the same partition as rows that are (%s). Replace all rows, or use partition keys that correspond"
                                .formatted(
                                        follower,
                                        way.source(),
                                        others.iterator().next()));
            }
        }
        setAside(follower, partitions);
    }

    private void setAside(String datasource, Collection<String> partitions) {
        if (payload.isWhole()) {
            return;
        }
        String from = name(OperationRole.REMAINDER, datasource);
        String to = name(OperationRole.FORMER, datasource);
        create(to, scope.views().datasource(datasource));
        partitions(from).stream().filter(partitions::contains).forEach(partition -> move(from, to, partition));
    }

    private void drain(OperationRole role, String datasource) {
        PhysicalObject from = of(role).get(scope.views().datasource(datasource).id());
        if (from != null) {
            String to = name(OperationRole.TABLE, datasource);
            partitions(from.name()).forEach(partition -> {
                meanwhile.run();
                move(from.name(), to, partition);
            });
        }
    }

    private void move(String from, String to, String partition) {
        swaps.admin(
                place,
                "ALTER TABLE %s MOVE PARTITION ID %s TO TABLE %s"
                        .formatted(table(from), Sql.literal(partition), table(to)));
    }

    private List<String> partitions(String table) {
        return swaps.admin(
                        place,
                        "SELECT DISTINCT partition_id FROM system.parts WHERE active AND database = %s AND table = %s ORDER BY partition_id FORMAT TSV"
                                .formatted(Sql.literal(place.database()), Sql.literal(table)))
                .lines()
                .toList();
    }

    /** A new table lacks rows when one of its views has stopped. */
    private void requireViews() {
        Set<String> stale = swaps.stale(workspace);
        for (OperationRole role : List.of(OperationRole.VIEW, OperationRole.STAGE_VIEW)) {
            of(role).forEach((pipe, view) -> {
                if (stale.contains(view.name())) {
                    throw new JobFailedException("Rows that arrive do not fit the materialized view of '%s'"
                            .formatted(workspace.live().names().get(pipe)));
                }
            });
        }
    }
}
