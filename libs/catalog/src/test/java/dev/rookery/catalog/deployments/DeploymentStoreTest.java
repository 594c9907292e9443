package dev.rookery.catalog.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.deployments.ResourceStore.Retired;
import dev.rookery.catalog.testing.TestCatalog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

@DisplayName("Deployments and physical objects in Postgres")
class DeploymentStoreTest {
    private static final TestCatalog CATALOG = TestCatalog.create();

    private final DeploymentStore deployments = CATALOG.deployments;
    private final ResourceStore resources = CATALOG.resources;
    private final WorkspaceId workspace = CATALOG.newWorkspace();

    private Deployment candidate() {
        return CATALOG.inTransaction(() -> deployments.createCandidate(workspace));
    }

    private Deployment ready() {
        Deployment candidate = candidate();
        CATALOG.inTransaction(() -> deployments.setStatus(candidate, DeploymentStatus.DATA_READY));
        return candidate;
    }

    private Deployment live() {
        return CATALOG.inTransaction(() -> deployments.lockLive(workspace));
    }

    private void promote(Deployment from, Deployment to) {
        CATALOG.inTransaction(() -> deployments.promote(from, to));
    }

    private PhysicalObject object(ResourceId resource, PhysicalObject.Kind kind) {
        return CATALOG.inTransaction(() -> {
            PhysicalObject announced = resources.announce(workspace, resource, kind);
            resources.activate(workspace, List.of(announced.id()));
            return announced;
        });
    }

    private ResourceId resource(String name) {
        return CATALOG.inTransaction(() -> resources.identify(workspace, ResourceKind.DATASOURCE, name));
    }

    private void put(Deployment deployment, ResourceId resource, @Nullable PhysicalObject object) {
        CATALOG.inTransaction(() -> deployments.putResources(
                deployment.id(),
                List.of(new DeployedResource(
                        resource, "events.datasource", "SCHEMA > a String", object == null ? null : object.id()))));
    }

    private List<String> retired() {
        return resources.retired(Duration.ZERO).stream()
                .filter(item -> item.workspace().equals(workspace))
                .map(Retired::object)
                .map(PhysicalObject::name)
                .toList();
    }

    private static void assertConflict(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CatalogException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
    }

    @Test
    @DisplayName("DEP-1: one candidate at a time")
    void oneCandidate() {
        Deployment first = candidate();
        assertConflict(this::candidate);
        assertThat(deployments.candidate(workspace)).contains(first);
        CATALOG.inTransaction(() -> deployments.setStatus(first, DeploymentStatus.DELETED));
        assertThat(deployments.candidate(workspace)).isEmpty();
        assertThat(candidate().number()).as("DEP-2: numbers only grow").isEqualTo(2);
    }

    @Test
    @DisplayName("DEP-1: of many who make a candidate at once, one does")
    void racingCandidates() throws Exception {
        Callable<Boolean> race = () -> {
            try {
                candidate();
                return true;
            } catch (CatalogException e) {
                assertThat(e.kind()).isEqualTo(Kind.CONFLICT);
                return false;
            }
        };
        try (var threads = Executors.newFixedThreadPool(5)) {
            var results = threads.invokeAll(List.of(race, race, race, race, race));
            int winners = 0;
            for (var result : results) {
                winners += result.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("DEP-1: the database itself holds one live, one candidate, and nothing live that is not ready")
    void constraints() {
        candidate();
        String insert =
                "insert into deployments (id, workspace_id, number, status, live) values (gen_random_uuid(), ?, 77, ";
        for (String values : List.of("'data_ready', true)", "'calculating', false)", "'failed', true)")) {
            assertThatThrownBy(() -> CATALOG.jdbc
                            .sql(insert + values)
                            .param(workspace.value())
                            .update())
                    .as(values)
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
    }

    @Test
    @DisplayName("DEP-8: promotion swaps both in one transaction; the old one is deleted")
    void promotion() {
        Deployment old = live();
        Deployment next = ready();
        promote(old, next);
        assertThat(live().id()).isEqualTo(next.id());
        assertThat(deployments.candidate(workspace)).isEmpty();
        assertThat(deployments.find(workspace, 0).orElseThrow().status()).isEqualTo(DeploymentStatus.DELETED);
        assertThat(deployments.list(workspace, false))
                .extracting(Deployment::number)
                .containsExactly(1);
        assertThat(deployments.list(workspace, true))
                .extracting(Deployment::number)
                .containsExactly(0, 1);
    }

    @Test
    @DisplayName("DEP-8: what is not staged cannot be promoted, and the live deployment stays")
    void notStaged() {
        Deployment old = live();
        Deployment next = candidate();
        assertConflict(() -> promote(old, next));
        CATALOG.inTransaction(() -> deployments.setStatus(next, DeploymentStatus.DELETED));
        assertConflict(() -> promote(old, next));
        assertThat(live().id()).isEqualTo(old.id());
        assertConflict(() -> promote(old, old));
        assertThat(live().id()).isEqualTo(old.id());
    }

    @Test
    @DisplayName("DEP-8: promoting twice, or from one that is not live any more, is refused")
    void twice() {
        Deployment old = live();
        Deployment next = ready();
        promote(old, next);
        assertConflict(() -> promote(old, next));
        assertConflict(() -> promote(next, next));
        Deployment third = ready();
        assertConflict(() -> promote(old, third));
        assertThat(live().id()).isEqualTo(next.id());
    }

    @Test
    @DisplayName("Feedback and changes are told in order, and feedback is replaced")
    void details() {
        Deployment next = candidate();
        var warning = new Feedback(Feedback.Level.WARNING, "Datasource b.datasource", "second");
        CATALOG.inTransaction(() -> {
            deployments.putFeedback(
                    next.id(), List.of(new Feedback(Feedback.Level.ERROR, "Datasource a.datasource", "first")));
            deployments.putFeedback(next.id(), List.of(warning, warning));
            deployments.putChanges(
                    next.id(),
                    List.of(
                            new ResourceChange(ResourceKind.PIPE, "top", ResourceChange.Change.NEW),
                            new ResourceChange(ResourceKind.DATASOURCE, "b", ResourceChange.Change.DELETED)));
        });
        Deployment read = deployments.find(workspace, next.number()).orElseThrow();
        assertThat(read.feedback()).containsExactly(warning, warning);
        assertThat(read.changes()).extracting(ResourceChange::name).containsExactly("b", "top");
    }

    @Test
    @DisplayName("Reading needs one connection only: a full pool cannot lock itself up")
    void oneConnection() {
        candidate();
        var database = (com.zaxxer.hikari.HikariDataSource) CATALOG.dataSource;
        try (var single = new com.zaxxer.hikari.HikariDataSource()) {
            single.setJdbcUrl(database.getJdbcUrl());
            single.setUsername(database.getUsername());
            single.setPassword(database.getPassword());
            single.setMaximumPoolSize(1);
            single.setConnectionTimeout(1_000);
            var own = new TestCatalog(single, CATALOG.keys);
            assertThat(own.deployments.list(workspace, true)).hasSize(2);
            assertThat(own.clusters.all()).isNotEmpty();
            assertThat(own.clusters.get(own.clusters.all().getFirst().id()).replicas())
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("A resource's id is the same for ever, whoever asks first")
    void resourceIds() throws Exception {
        Callable<ResourceId> ask = () -> resource("events");
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var result : threads.invokeAll(List.of(ask, ask, ask, ask))) {
                assertThat(result.get()).isEqualTo(resource("events"));
            }
        }
        assertThat(CATALOG.inTransaction(() -> resources.identify(workspace, ResourceKind.PIPE, "events")))
                .isNotEqualTo(resource("events"));
        assertThat(ResourceId.parse(resource("events").toString())).contains(resource("events"));
    }

    @Test
    @DisplayName(
            "retireUnused keeps what live and candidate use, with their quarantines, and retires the rest, views first")
    void retire() {
        ResourceId events = resource("events");
        PhysicalObject live = object(events, PhysicalObject.Kind.TABLE);
        PhysicalObject staged = object(events, PhysicalObject.Kind.TABLE);
        PhysicalObject unusedTable = object(events, PhysicalObject.Kind.TABLE);
        PhysicalObject unusedView = object(events, PhysicalObject.Kind.VIEW);
        PhysicalObject kept = CATALOG.inTransaction(() -> resources.announceQuarantine(workspace, events, live.name()));
        PhysicalObject gone =
                CATALOG.inTransaction(() -> resources.announceQuarantine(workspace, events, unusedTable.name()));
        Deployment first = ready();
        put(first, events, live);
        promote(live(), first);
        Deployment second = ready();
        put(second, events, staged);

        CATALOG.inTransaction(() -> resources.retireUnused(workspace));
        assertThat(retired()).containsExactly(unusedView.name(), gone.name(), unusedTable.name());
        assertThat(kept.name()).isEqualTo("q" + live.name().substring(1));

        promote(live(), second);
        CATALOG.inTransaction(() -> resources.retireUnused(workspace));
        assertThat(retired()).contains(live.name(), kept.name()).doesNotContain(staged.name());
        assertThat(resources.retired(Duration.ofHours(1)))
                .extracting(Retired::workspace)
                .doesNotContain(workspace);

        CATALOG.inTransaction(() -> resources.dropped(List.of(live.id(), kept.id())));
        assertThat(retired()).doesNotContain(live.name(), kept.name());
        CATALOG.inTransaction(() -> resources.droppedAll(workspace));
        assertThat(retired()).isEmpty();
    }

    @Test
    @DisplayName("A discarded candidate's objects are retired, those it shares with live are not")
    void discarded() {
        ResourceId events = resource("events");
        ResourceId added = resource("added");
        PhysicalObject shared = object(events, PhysicalObject.Kind.TABLE);
        PhysicalObject own = object(added, PhysicalObject.Kind.TABLE);
        Deployment first = ready();
        put(first, events, shared);
        promote(live(), first);
        Deployment second = candidate();
        put(second, events, shared);
        put(second, added, own);
        CATALOG.inTransaction(() -> {
            deployments.setStatus(second, DeploymentStatus.DELETED);
            resources.retireUnused(workspace);
        });
        assertThat(retired()).containsExactly(own.name());
        assertThat(resources.serving(first.id(), events)).contains(shared);
        assertThat(resources.serving(first.id(), added)).isEmpty();
    }
}
