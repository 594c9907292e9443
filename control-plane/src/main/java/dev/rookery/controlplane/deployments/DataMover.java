package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStatus;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.deployments.StagingRole;
import dev.rookery.catalog.deployments.StagingStore;
import dev.rookery.catalog.deployments.StagingStore.MoveState;
import dev.rookery.catalog.ingestion.Barriers;
import dev.rookery.catalog.ingestion.CriticalSection;
import dev.rookery.catalog.ingestion.Cut;
import dev.rookery.catalog.ingestion.PlanChanges;
import dev.rookery.catalog.ingestion.WritePlans;
import dev.rookery.catalog.jobs.JobFailedException;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.SnapshotLoader;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.PublicMessage;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.tables.SectionStatements;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings existing rows into a deployment's new tables while rows go on arriving (ALGORITHMS.md C): the <em>fork</em> sends
 * arriving rows to the entries as well, and keeps what is live at that moment as clones; then each partition of each clone
 * takes the same ways through scratch tables, and moves from there into the new tables. Thread safe.
 *
 * <table>
 *   <caption>What is recorded, what holds, and how whoever finds it goes on</caption>
 *   <tr><th>recorded</th><th>holds</th><th>goes on with</th></tr>
 *   <tr><td>not forked</td><td>new tables are empty; clones may be there in part</td><td>the fork, from its beginning</td></tr>
 *   <tr><td>forked, partition not recorded or filling</td><td>of the partition nothing is in new tables; scratch tables
 *       hold any part of it, and its query may still run</td><td>end that query, empty the scratch tables, fill</td></tr>
 *   <tr><td>moving</td><td>scratch tables and new tables hold each of its rows once</td><td>move what is left</td></tr>
 *   <tr><td>done</td><td>all of it is in the new tables, scratch tables are empty</td><td>the next partition</td></tr>
 * </table>
 */
final class DataMover {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A row is accepted in the columns that were live when its request began. */
    static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

    private static final int QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING = 216;

    private final DeploymentStore deployments;
    private final ResourceStore resources;
    private final StagingStore staging;
    private final SnapshotLoader snapshots;
    private final ChangeLog changes;
    private final Barriers barriers;
    private final WritePlans plans;
    private final ClusterConnections connections;
    private final TransactionOperations transaction;

    DataMover(
            DeploymentStore deployments,
            ResourceStore resources,
            StagingStore staging,
            SnapshotLoader snapshots,
            ChangeLog changes,
            Barriers barriers,
            WritePlans plans,
            ClusterConnections connections,
            TransactionOperations transaction) {
        this.deployments = deployments;
        this.resources = resources;
        this.staging = staging;
        this.snapshots = snapshots;
        this.changes = changes;
        this.barriers = barriers;
        this.plans = plans;
        this.connections = connections;
        this.transaction = transaction;
    }

    /**
     * Moves everything, or what is left to move, and makes the candidate {@code data_ready}.
     *
     * @param candidate in the state {@code schema_ready}
     * @param patient waits for rows that were accepted before the last promotion: they do not come by the way of the fork.
     *     A workspace for development gives up on those that are that late
     * @throws JobFailedException when rows do not fit; nothing of the live deployment has changed
     * @throws RuntimeException when it may succeed later
     */
    void move(WorkspaceSnapshot workspace, Deployment candidate, boolean patient) {
        if (!staging.isForked(candidate.id())) {
            if (patient && staging.isDraining(workspace.live().id(), LONGEST_REQUEST)) {
                throw new CatalogException(
                        CatalogException.Kind.UNAVAILABLE, "Rows of before the last promotion may still arrive");
            }
            fork(workspace, candidate);
        }
        Move move = new Move(workspace, candidate);
        move.run();
        for (String failure : staging.failures(candidate.id())) {
            throw new JobFailedException("Rows that arrive do not fit the deployment: " + failure);
        }
        List<StagingRole> ended = Arrays.stream(StagingRole.values())
                .filter(StagingRole::endsWithTheMove)
                .toList();
        changes.commitAndAwait(() -> {
            deployments.lockLive(workspace.id());
            Deployment current =
                    deployments.find(workspace.id(), candidate.number()).orElseThrow();
            if (current.status() == DeploymentStatus.SCHEMA_READY) {
                staging.forget(candidate.id(), ended);
                resources.retireUnused(workspace.id());
                deployments.setStatus(candidate, DeploymentStatus.DATA_READY);
            }
            return current;
        });
    }

    private void fork(WorkspaceSnapshot workspace, Deployment candidate) {
        DeploymentSection section = forkSection(workspace, candidate);
        barriers.run(section.request(workspace, candidate, DeploymentSection.Kind.FORK), PATIENCE, section.section());
    }

    /** The fork, also for whoever finds it begun. */
    DeploymentSection forkSection(WorkspaceSnapshot workspace, Deployment candidate) {
        Map<StagingRole, Map<ResourceId, PhysicalObject>> objects = staging.objects(candidate.id());
        Map<ResourceId, PhysicalObject> entries = objects.getOrDefault(StagingRole.ENTRY, Map.of());
        Map<ResourceId, PhysicalObject> clones = objects.getOrDefault(StagingRole.CLONE, Map.of());
        Set<ResourceId> sources = new HashSet<>(entries.keySet());
        sources.addAll(clones.keySet());
        Map<ResourceId, String> live = tables(workspace.live());
        TenantPlace place = workspace.place();
        return new DeploymentSection(sources, new CriticalSection() {
            @Override
            public void work(Cut cut) {
                var statements = new SectionStatements(connections, place);
                clones.forEach((source, clone) -> {
                    // One that an interrupted fork has left may be there in part only.
                    statements.run("CREATE OR REPLACE TABLE %s CLONE AS %s"
                            .formatted(
                                    table(place, clone.name()),
                                    table(place, Objects.requireNonNull(live.get(source)))));
                });
            }

            @Override
            public void commit(Cut cut, PlanChanges changed) {
                entries.forEach((source, entry) -> changed.put(
                        source,
                        DeploymentSection.liveOnly(plans.current(source))
                                .alsoTo(
                                        Objects.requireNonNull(live.get(source)),
                                        DeploymentSection.graphOf(candidate),
                                        entry.name())));
                staging.forked(candidate.id());
            }
        });
    }

    private static Map<ResourceId, String> tables(DeploymentView view) {
        Map<ResourceId, String> tables = new HashMap<>();
        view.datasources().values().forEach(entry -> tables.put(entry.id(), entry.table()));
        return tables;
    }

    private static String table(TenantPlace place, String name) {
        return Sql.table(place.database(), name);
    }

    private String admin(TenantPlace place, String statement) {
        return admin(place, ClickHouseRequest.of(statement));
    }

    private String admin(TenantPlace place, ClickHouseRequest request) {
        return connections.text(place.cluster(), ClusterPurpose.ADMIN, request);
    }

    /** The moving of one deployment's rows. */
    private final class Move {
        private final WorkspaceSnapshot workspace;
        private final TenantPlace place;
        private final Deployment candidate;
        private final Map<StagingRole, Map<ResourceId, PhysicalObject>> objects;
        private final Map<ResourceId, String> target;
        private final Map<String, String> names = new HashMap<>();

        Move(WorkspaceSnapshot workspace, Deployment candidate) {
            this.workspace = workspace;
            this.place = workspace.place();
            this.candidate = candidate;
            this.objects = staging.objects(candidate.id());
            DeploymentView next = snapshots.view(candidate.id(), candidate.number());
            this.target = tables(next);
            for (DatasourceEntry entry : next.datasources().values()) {
                names.put(entry.table(), entry.name());
                objects.values().forEach(of -> {
                    PhysicalObject object = of.get(entry.id());
                    if (object != null) {
                        names.put(object.name(), entry.name());
                    }
                });
            }
        }

        private Map<ResourceId, PhysicalObject> of(StagingRole role) {
            return objects.getOrDefault(role, Map.of());
        }

        void run() {
            // What takes over its own rows may be what the queries of views look up.
            of(StagingRole.CLONE).keySet().stream()
                    .sorted(Comparator.comparing((ResourceId source) ->
                                    !of(StagingRole.SCRATCH_ENTRY_VIEW).containsKey(source))
                            .thenComparing(ResourceId::value))
                    .forEach(this::move);
        }

        private void move(ResourceId source) {
            PhysicalObject clone = Objects.requireNonNull(of(StagingRole.CLONE).get(source));
            Map<String, MoveState> moves = staging.moves(candidate.id(), source);
            // Before anything else: the scratch tables hold its rows.
            moves.forEach((partition, state) -> {
                if (state == MoveState.MOVING) {
                    drain(source, partition);
                }
            });
            for (String partition : partitions(clone.name())) {
                MoveState state = moves.get(partition);
                if (state == null || state == MoveState.FILLING) {
                    fill(source, clone, partition);
                    drain(source, partition);
                }
            }
        }

        private List<String> partitions(String table) {
            return admin(
                            place,
                            "SELECT DISTINCT partition_id FROM system.parts WHERE active AND database = %s AND table = %s ORDER BY partition_id FORMAT TSV"
                                    .formatted(Sql.literal(place.database()), Sql.literal(table)))
                    .lines()
                    .toList();
        }

        private void fill(ResourceId source, PhysicalObject clone, String partition) {
            record(source, partition, MoveState.FILLING);
            String query = "fill-%s-%s-%s".formatted(candidate.id(), source, partition);
            admin(place, "KILL QUERY WHERE query_id = %s SYNC".formatted(Sql.literal(query)));
            of(StagingRole.SCRATCH)
                    .values()
                    .forEach(scratch -> admin(place, "TRUNCATE TABLE " + table(place, scratch.name())));
            String columns = columns(clone.name());
            PhysicalObject entry =
                    Objects.requireNonNull(of(StagingRole.SCRATCH_ENTRY).get(source));
            try {
                admin(
                        place,
                        ClickHouseRequest.of("INSERT INTO %s (%s) SELECT %s FROM %s WHERE _partition_id = %s"
                                        .formatted(
                                                table(place, entry.name()),
                                                columns,
                                                columns,
                                                table(place, clone.name()),
                                                Sql.literal(partition)))
                                .with("query_id", query)
                                .with("max_execution_time", "0")
                                .with("max_partitions_per_insert_block", "0")
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
                        "Error on datasource '%s': Error migrating data: %s"
                                .formatted(
                                        nameOf(source),
                                        PublicMessage.of(String.valueOf(e.getMessage()), place.database(), names)),
                        e);
            }
            record(source, partition, MoveState.MOVING);
        }

        private String nameOf(ResourceId source) {
            return Objects.requireNonNullElse(workspace.live().names().get(source), source.toString());
        }

        /** The columns that an INSERT may name. */
        private String columns(String table) {
            return admin(place, """
                    SELECT arrayStringConcat(groupArray(concat('`', replaceAll(replaceAll(name, '\\\\', '\\\\\\\\'), '`', '\\\\`'), '`')), ', ')
                      FROM (SELECT name FROM system.columns
                             WHERE database = %s AND table = %s AND default_kind IN ('', 'DEFAULT') ORDER BY position)
                    FORMAT TSVRaw
                    """.formatted(Sql.literal(place.database()), Sql.literal(table)))
                    .strip();
        }

        private void drain(ResourceId source, String partition) {
            of(StagingRole.SCRATCH).forEach((made, scratch) -> {
                String to = table(place, Objects.requireNonNull(target.get(made)));
                for (String id : partitions(scratch.name())) {
                    admin(
                            place,
                            "ALTER TABLE %s MOVE PARTITION ID %s TO TABLE %s"
                                    .formatted(table(place, scratch.name()), Sql.literal(id), to));
                }
            });
            record(source, partition, MoveState.DONE);
        }

        private void record(ResourceId source, String partition, MoveState state) {
            transaction.executeWithoutResult(_ -> {
                Deployment current =
                        deployments.find(workspace.id(), candidate.number()).orElseThrow();
                if (current.status() != DeploymentStatus.SCHEMA_READY) {
                    throw new CatalogException(CatalogException.Kind.CONFLICT, "The deployment was discarded");
                }
                staging.move(candidate.id(), source, partition, state);
            });
        }
    }
}
