package dev.rookery.controlplane.deployments;

import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.ClusterPurpose;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.deployments.StagingRole;
import dev.rookery.catalog.deployments.StagingStore;
import dev.rookery.catalog.ingestion.Barriers;
import dev.rookery.catalog.ingestion.CriticalSection;
import dev.rookery.catalog.ingestion.Cut;
import dev.rookery.catalog.ingestion.PlanChanges;
import dev.rookery.catalog.ingestion.WritePlan;
import dev.rookery.catalog.ingestion.WritePlans;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.PipeEntry;
import dev.rookery.catalog.snapshot.SnapshotLoader;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.ClickHouseException;
import dev.rookery.clickhouse.ClickHouseRequest;
import dev.rookery.clickhouse.ClusterConnections;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.tables.MaterializedViews;
import dev.rookery.controlplane.tables.RetiredViews;
import dev.rookery.controlplane.tables.SectionStatements;
import dev.rookery.datafile.Column;
import dev.rookery.datafile.PipeNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes a staged deployment live: while no row of the data sources concerned is being stored, alters the tables that it
 * keeps, hangs the views of before off and those of after on, and swaps the catalog's pointers, the write plans and the
 * datafile tokens in one transaction. Answers when every live instance has seen it. Thread safe.
 */
final class Promotion {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BAD_ARGUMENTS = 36;

    private final DeploymentStore deployments;
    private final ResourceStore resources;
    private final StagingStore staging;
    private final SnapshotLoader snapshots;
    private final DatafileTokens tokens;
    private final DatafileShares shares;
    private final ChangeLog changes;
    private final Barriers barriers;
    private final WritePlans plans;
    private final ClusterConnections connections;
    private final RetiredViews views;
    private final TransactionOperations transaction;

    Promotion(
            DeploymentStore deployments,
            ResourceStore resources,
            StagingStore staging,
            SnapshotLoader snapshots,
            DatafileTokens tokens,
            DatafileShares shares,
            ChangeLog changes,
            Barriers barriers,
            WritePlans plans,
            ClusterConnections connections,
            RetiredViews views,
            TransactionOperations transaction) {
        this.deployments = deployments;
        this.resources = resources;
        this.staging = staging;
        this.snapshots = snapshots;
        this.tokens = tokens;
        this.shares = shares;
        this.changes = changes;
        this.barriers = barriers;
        this.plans = plans;
        this.connections = connections;
        this.views = views;
        this.transaction = transaction;
    }

    /** @param candidate in the state {@code data_ready} */
    void promote(WorkspaceSnapshot workspace, Deployment candidate) {
        Section section = new Section(workspace, candidate);
        DeploymentSection promotion = section.get();
        if (promotion.sources().isEmpty()) {
            section.alterAndHang();
            transaction.executeWithoutResult(_ -> section.swap());
        } else {
            barriers.run(promotion.request(workspace, candidate, DeploymentSection.Kind.PROMOTE), PATIENCE, section);
        }
        changes.commitAndAwait(() -> candidate);
        views.drop(workspace.id(), workspace.place());
    }

    /** The promotion, also for whoever finds it begun. */
    DeploymentSection section(WorkspaceSnapshot workspace, Deployment candidate) {
        return new Section(workspace, candidate).get();
    }

    private String run(TenantPlace place, String statement) {
        return connections.text(place.cluster(), ClusterPurpose.ADMIN, ClickHouseRequest.of(statement));
    }

    /** What one promotion does, found out before it begins. */
    private final class Section implements CriticalSection {
        private final WorkspaceSnapshot workspace;
        private final TenantPlace place;
        private final Deployment candidate;
        private final DeploymentView live;
        private final DeploymentView next;
        private final Map<ResourceId, PhysicalObject> entries;
        private final Set<ResourceId> sources = new HashSet<>();
        private final List<String> statements = new ArrayList<>();

        Section(WorkspaceSnapshot workspace, Deployment candidate) {
            this.workspace = workspace;
            this.place = workspace.place();
            this.candidate = candidate;
            this.live = workspace.live();
            this.next = snapshots.view(candidate.id(), candidate.number());
            this.entries = staging.objects(candidate.id()).getOrDefault(StagingRole.ENTRY, Map.of());
        }

        DeploymentSection get() {
            sources.addAll(entries.keySet());
            next.datasources().values().forEach(this::alter);
            Surroundings around = Surroundings.of(workspace);
            Project before = ProjectOf.view(live, around);
            Project after = ProjectOf.view(next, around);
            Map<String, String> tables = new HashMap<>();
            next.datasources().forEach((name, entry) -> tables.put(name, entry.table()));
            Set<String> remaining = new HashSet<>();
            next.pipes()
                    .values()
                    .forEach(pipe -> Optional.ofNullable(pipe.view()).ifPresent(remaining::add));
            live.pipes().values().stream()
                    .filter(pipe -> pipe.view() != null && !remaining.contains(pipe.view()))
                    .forEach(pipe -> {
                        source(live, before, pipe).ifPresent(sources::add);
                        statements.add(MaterializedViews.drop(place, String.valueOf(pipe.view())));
                    });
            Set<String> standing = new HashSet<>();
            live.pipes()
                    .values()
                    .forEach(pipe -> Optional.ofNullable(pipe.view()).ifPresent(standing::add));
            next.pipes().values().stream()
                    .filter(pipe -> pipe.view() != null && !standing.contains(pipe.view()))
                    .forEach(pipe -> {
                        // One between new tables is there already, and nothing is stopped for it.
                        source(live, after, pipe).ifPresent(sources::add);
                        statements.add(create(after, tables, pipe));
                    });
            return new DeploymentSection(sources, this);
        }

        private void alter(DatasourceEntry entry) {
            DatasourceEntry before = live.datasources().get(entry.name());
            if (before != null
                    && before.table().equals(entry.table())
                    && SchemaChange.between(before.file(), entry.file()) instanceof SchemaChange.InPlace change) {
                dropLeftovers(before, entry);
                change.alterations()
                        .forEach(alteration -> statements.add(
                                "ALTER TABLE %s %s".formatted(Sql.table(place.database(), entry.table()), alteration)));
            }
        }

        /** A promotion that came to altering and no further, of a deployment that was discarded then, leaves columns. */
        private void dropLeftovers(DatasourceEntry before, DatasourceEntry after) {
            Set<String> known =
                    before.file().columns().stream().map(Column::name).collect(Collectors.toSet());
            for (Column column : after.file().columns()) {
                if (!known.contains(column.name())) {
                    String type = run(place, """
                            SELECT type FROM system.columns WHERE database = %s AND table = %s AND name = %s FORMAT TSVRaw
                            """.formatted(
                                            Sql.literal(place.database()),
                                            Sql.literal(after.table()),
                                            Sql.literal(column.name())))
                            .strip();
                    if (!type.isEmpty() && !type.equals(TableDdl.type(column))) {
                        statements.add("ALTER TABLE %s DROP COLUMN IF EXISTS %s"
                                .formatted(Sql.table(place.database(), after.table()), Sql.identifier(column.name())));
                    }
                }
            }
        }

        /** The live data source whose rows a view transforms. */
        private Optional<ResourceId> source(DeploymentView view, Project project, PipeEntry pipe) {
            PipeNode node = PlannedPipe.materialized(pipe.file()).orElseThrow();
            return NodeComposer.byName(project).compose(pipe.file(), node).references().stream()
                    .filter(reference -> "".equals(reference.database()))
                    .findFirst()
                    .flatMap(reference -> view.datasource(reference.name()))
                    .map(DatasourceEntry::id);
        }

        private String create(Project project, Map<String, String> tables, PipeEntry pipe) {
            PipeNode node = PlannedPipe.materialized(pipe.file()).orElseThrow();
            String target = Objects.requireNonNull(
                    tables.get(PlannedPipe.target(pipe.file()).orElseThrow()));
            return MaterializedViews.create(
                    place,
                    String.valueOf(pipe.view()),
                    target,
                    NodeComposer.physical(project, place.database(), tables)
                            .compose(pipe.file(), node)
                            .text());
        }

        @Override
        public void work(Cut cut) {
            alterAndHang();
        }

        void alterAndHang() {
            statements.forEach(this::runOnce);
        }

        private void runOnce(String statement) {
            try {
                new SectionStatements(connections, place).run(statement);
            } catch (ClickHouseException e) {
                // Done by whoever began this promotion: what is to be removed is gone.
                if (e.code() != BAD_ARGUMENTS || !statement.contains(" REMOVE ")) {
                    throw e;
                }
            }
        }

        @Override
        public void commit(Cut cut, PlanChanges changed) {
            entries.forEach((source, entry) -> changed.put(source, plan(source, entry)));
            swap();
        }

        void swap() {
            Deployment current = deployments.lockLive(workspace.id());
            deployments.promote(current, candidate);
            tokens.apply(
                    workspace.id(),
                    DatafileTokens.wanted(
                            next.datasources().values().stream()
                                    .map(DatasourceEntry::file)
                                    .toList(),
                            next.pipes().values().stream().map(PipeEntry::file).toList()));
            shares.apply(workspace.id(), next);
            staging.forget(candidate.id(), List.of(StagingRole.STAGE_VIEW));
            staging.forgetEntriesExcept(candidate.id(), rebuilt());
            staging.forgetReplacedViews(workspace.id());
            resources.retireUnused(workspace.id());
        }

        /** Rows in the columns of before are still to come for a while: of a new table, they go on taking the entry. */
        private WritePlan plan(ResourceId source, PhysicalObject entry) {
            WritePlan plan = DeploymentSection.liveOnly(plans.current(source));
            String before = table(live, source);
            return before.equals(table(next, source)) ? plan : plan.redirected(before, entry.name());
        }

        private Set<ResourceId> rebuilt() {
            Set<ResourceId> rebuilt = new HashSet<>();
            entries.keySet().stream()
                    .filter(source -> !table(live, source).equals(table(next, source)))
                    .forEach(rebuilt::add);
            return rebuilt;
        }

        private static String table(DeploymentView view, ResourceId source) {
            return view.datasources().values().stream()
                    .filter(entry -> entry.id().equals(source))
                    .map(DatasourceEntry::table)
                    .findFirst()
                    .orElse("");
        }
    }
}
