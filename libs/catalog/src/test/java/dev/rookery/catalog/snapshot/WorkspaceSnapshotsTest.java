package dev.rookery.catalog.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.CatalogChange;
import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.changes.ChangeTopic;
import dev.rookery.catalog.deployments.DeployedResource;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStatus;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceKind;
import dev.rookery.catalog.testing.HookedDataSource;
import dev.rookery.catalog.testing.TestCatalog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Workspace snapshots (ALGORITHMS.md E3, E4)")
class WorkspaceSnapshotsTest {
    private final TestCatalog catalog = TestCatalog.create();
    private final HookedDataSource hook = new HookedDataSource(catalog.dataSource);
    private final ChangeFeed feed = catalog.feed(InstantSource.system());
    private final WorkspaceSnapshots snapshots =
            new WorkspaceSnapshots(new TestCatalog(hook, catalog.keys).loader, feed);
    private final WorkspaceId workspace = catalog.newWorkspace();

    @BeforeEach
    void start() {
        feed.start();
    }

    @AfterEach
    void stop() {
        feed.stop();
    }

    /** Stages a deployment of these data sources, each with a column that tells the deployment's number. */
    private Deployment stage(String... names) {
        return catalog.changes.commitAndAwait(() -> {
            Deployment candidate = catalog.deployments.createCandidate(workspace);
            List<DeployedResource> content = new ArrayList<>();
            for (String name : names) {
                var resource = catalog.resources.identify(workspace, ResourceKind.DATASOURCE, name);
                PhysicalObject table = catalog.resources.announce(workspace, resource, PhysicalObject.Kind.TABLE);
                catalog.resources.activate(workspace, List.of(table.id()));
                content.add(new DeployedResource(
                        resource,
                        "datasources/" + name + ".datasource",
                        "SCHEMA >\n    `version_%d` String\n".formatted(candidate.number()),
                        table.id()));
            }
            var pipe = catalog.resources.identify(workspace, ResourceKind.PIPE, "top");
            content.add(new DeployedResource(
                    pipe,
                    "endpoints/top.pipe",
                    "NODE n\nSQL >\n    SELECT %d\nTYPE endpoint\n".formatted(candidate.number()),
                    null));
            catalog.deployments.putResources(candidate.id(), content);
            catalog.deployments.setStatus(candidate, DeploymentStatus.DATA_READY);
            return candidate;
        });
    }

    private void promote(Deployment candidate) {
        catalog.changes.commitAndAwait(() -> {
            catalog.deployments.promote(catalog.deployments.lockLive(workspace), candidate);
            return candidate;
        });
    }

    private static int version(DatasourceEntry entry) {
        String column = entry.file().columns().getFirst().name();
        return Integer.parseInt(column.substring("version_".length()));
    }

    @Test
    @DisplayName("It holds the live deployment, and what is found by name is found by id")
    void content() {
        promote(stage("events", "users"));
        WorkspaceSnapshot snapshot = snapshots.get(workspace);
        assertThat(snapshot.live().number()).isEqualTo(1);
        assertThat(snapshot.live().datasources().keySet()).containsExactly("events", "users");
        assertThat(snapshot.live().pipes().keySet()).containsExactly("top");
        DatasourceEntry events = snapshot.live().datasource("events").orElseThrow();
        assertThat(snapshot.live().datasource(events.id().toString())).containsSame(events);
        assertThat(events.table()).startsWith("t_");
        assertThat(snapshot.live().pipe("events")).isEmpty();
        assertThat(snapshot.live().datasource("t_" + "0".repeat(32))).isEmpty();
        assertThat(snapshots.get(workspace)).as("cached").isSameAs(snapshot);
    }

    @Test
    @DisplayName("DEP-14, DEP-15: staging is selected by 'staging' or number, and the number goes on working once live")
    void selection() {
        Deployment first = stage("events");
        WorkspaceSnapshot before = snapshots.get(workspace);
        assertThat(before.select(null).orElseThrow().number()).isZero();
        assertThat(before.select("").orElseThrow().number()).isZero();
        assertThat(before.select("0").orElseThrow().number()).isZero();
        assertThat(before.select("1").orElseThrow().number()).isEqualTo(1);
        assertThat(before.select("staging").orElseThrow().number()).isEqualTo(1);
        assertThat(List.of("2", "-1", "01", "live", "staging "))
                .allSatisfy(other -> assertThat(before.select(other)).isEmpty());
        promote(first);
        WorkspaceSnapshot after = snapshots.get(workspace);
        assertThat(after.select("1").orElseThrow()).isSameAs(after.live());
        assertThat(after.select("staging")).isEmpty();
        assertThat(after.select("0")).isEmpty();
    }

    @Test
    @DisplayName("A candidate is served only once its tables are ready")
    void notReady() {
        catalog.changes.commitAndAwait(() -> catalog.deployments.createCandidate(workspace));
        assertThat(snapshots.get(workspace).select("staging")).isEmpty();
    }

    @Test
    @DisplayName("E3: whatever is promoted meanwhile, each snapshot shows one version throughout")
    void oneVersion() throws Exception {
        promote(stage("a", "b", "c"));
        var done = new AtomicBoolean();
        Callable<Set<Integer>> reader = () -> {
            Set<Integer> seen = new java.util.HashSet<>();
            while (!done.get()) {
                WorkspaceSnapshot snapshot = snapshots.refresh(workspace);
                check(snapshot.live());
                DeploymentView candidate = snapshot.candidate();
                if (candidate != null) {
                    check(candidate);
                    assertThat(candidate.number()).isGreaterThan(snapshot.live().number());
                }
                seen.add(snapshot.live().number());
            }
            return seen;
        };
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Future<Set<Integer>>> readers = List.of(threads.submit(reader), threads.submit(reader));
            try {
                for (int i = 0; i < 10; i++) {
                    Deployment next = stage("a", "b", "c");
                    promote(next);
                    assertThat(snapshots.get(workspace).live().number())
                            .as("seen when the call returns")
                            .isEqualTo(next.number());
                }
            } finally {
                done.set(true);
            }
            for (Future<Set<Integer>> result : readers) {
                assertThat(result.get()).hasSizeGreaterThan(1);
            }
        }
    }

    private static void check(DeploymentView view) {
        assertThat(view.datasources().values().stream()
                        .map(WorkspaceSnapshotsTest::version)
                        .collect(Collectors.toSet()))
                .containsExactly(view.number());
        assertThat(Objects.requireNonNull(view.pipes().get("top"))
                        .file()
                        .nodes()
                        .getFirst()
                        .sql()
                        .text())
                .contains("SELECT " + view.number());
    }

    @Test
    @DisplayName("A snapshot read before a change that arrives while loading is never kept")
    void changeWhileLoading() {
        Deployment next = stage("events");
        hook.afterFirstQuery(() -> promote(next));
        assertThat(snapshots.get(workspace).live().number()).isZero();
        assertThat(snapshots.get(workspace).live().number()).isEqualTo(1);
    }

    @Test
    @DisplayName("Changes of tokens, clusters and other workspaces leave it, changes of all workspaces do not")
    void whatIsForgotten() {
        WorkspaceSnapshot snapshot = snapshots.get(workspace);
        snapshots.onChanges(List.of(
                new CatalogChange(ChangeTopic.TOKENS, null),
                new CatalogChange(ChangeTopic.CLUSTERS, null),
                new CatalogChange(ChangeTopic.TOKENS, workspace),
                new CatalogChange(ChangeTopic.WORKSPACE, catalog.newWorkspace())));
        assertThat(snapshots.get(workspace)).isSameAs(snapshot);
        snapshots.onChanges(List.of(new CatalogChange(ChangeTopic.WORKSPACE, null)));
        assertThat(snapshots.get(workspace)).isNotSameAs(snapshot);
        assertThat(snapshots.refresh(workspace)).isNotSameAs(snapshot);
    }

    @Test
    @DisplayName("WS-5: a deleted workspace is not there, nor is one that never was")
    void deleted() {
        snapshots.get(workspace);
        catalog.changes.commitAndAwait(() -> {
            catalog.changes.record(ChangeTopic.WORKSPACE, workspace);
            return catalog.jdbc
                    .sql("update workspaces set deleted_at = now() where id = ?")
                    .param(workspace.value())
                    .update();
        });
        for (WorkspaceId id : List.of(workspace, new WorkspaceId(java.util.UUID.randomUUID()))) {
            assertThatThrownBy(() -> snapshots.get(id))
                    .isInstanceOfSatisfying(
                            CatalogException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
        }
    }

    @Test
    @DisplayName("QU-1: the quarantine's name appears once its table has been created")
    void quarantine() {
        promote(stage("events"));
        DatasourceEntry before =
                snapshots.get(workspace).live().datasource("events").orElseThrow();
        assertThat(before.quarantineTable()).isNull();
        PhysicalObject announced = catalog.changes.commitAndAwait(
                () -> catalog.resources.announceQuarantine(workspace, before.id(), before.table()));
        assertThat(events().quarantineTable()).isNull();
        catalog.changes.commitAndAwait(() -> {
            catalog.resources.activate(workspace, List.of(announced.id()));
            return announced;
        });
        assertThat(events().quarantineTable())
                .isEqualTo(announced.name())
                .isEqualTo(DatasourceEntry.quarantineNameOf(before.table()));
        assertThat(catalog.inTransaction(
                        () -> catalog.resources.announceQuarantine(workspace, before.id(), before.table())))
                .as("announced once")
                .isEqualTo(announced);
    }

    private DatasourceEntry events() {
        return snapshots.get(workspace).live().datasource("events").orElseThrow();
    }
}
