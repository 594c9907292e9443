package dev.rookery.catalog.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeFeed;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.catalog.testing.TestCatalog;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Secrets of a workspace (E-11, SEC-5, SEC-7)")
class SecretStoreTest {
    private final TestCatalog catalog = TestCatalog.create();
    private final WorkspaceId workspace = catalog.newWorkspace();

    private void create(String name, String value) {
        catalog.inTransaction(() -> catalog.secrets.create(workspace, name, value, "test"));
    }

    @Test
    @DisplayName("SEC-5: they belong to one workspace, and open there only")
    void ofOneWorkspace() {
        WorkspaceId other = catalog.newWorkspace();
        create("key", "mine");
        catalog.inTransaction(() -> catalog.secrets.create(other, "key", "theirs", "test"));

        assertThat(catalog.secrets.of(workspace).value("key")).contains("mine");
        assertThat(catalog.secrets.of(other).value("key")).contains("theirs");
        catalog.jdbc
                .sql("""
                        update secrets set value = (select value from secrets where workspace_id = :from)
                         where workspace_id = :to
                        """)
                .param("from", workspace.value())
                .param("to", other.value())
                .update();
        var moved = catalog.secrets.of(other);
        assertThatThrownBy(() -> moved.value("key")).isInstanceOf(dev.rookery.catalog.keys.SealBrokenException.class);
    }

    @Test
    @DisplayName("SEC-7: the last free place is given once, however many ask at once")
    void lastPlace() throws Exception {
        IntStream.range(0, SecretStore.MAX_SECRETS - 1).forEach(i -> create("s" + i, "v"));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var racing = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> {
                        try {
                            create("racing_" + i, "v");
                            return true;
                        } catch (CatalogException full) {
                            assertThat(full.kind()).isEqualTo(Kind.INVALID);
                            return false;
                        }
                    }))
                    .toList();
            int created = 0;
            for (var one : racing) {
                created += one.get() ? 1 : 0;
            }
            assertThat(created).isOne();
        }
        assertThat(catalog.secrets.list(workspace)).hasSize(SecretStore.MAX_SECRETS);
    }

    @Test
    @DisplayName("E3: a snapshot holds the secrets of its moment, and the next one those of after a change")
    void inSnapshots() {
        ChangeFeed feed = catalog.feed(InstantSource.system());
        var snapshots = new WorkspaceSnapshots(catalog.loader, feed);
        feed.start();
        try {
            var before = snapshots.get(workspace);
            catalog.changes.commitAndAwait(() -> {
                catalog.secrets.create(workspace, "key", "one", "test");
                return true;
            });
            assertThat(before.secrets().value("key")).isEmpty();
            assertThat(snapshots.get(workspace).secrets().value("key")).contains("one");
            catalog.changes.commitAndAwait(() -> catalog.secrets.update(workspace, "key", "two", "test"));
            assertThat(snapshots.get(workspace).secrets().value("key")).contains("two");
            catalog.changes.commitAndAwait(() -> catalog.secrets.delete(workspace, "key"));
            assertThat(snapshots.get(workspace).secrets().names()).isEmpty();
        } finally {
            feed.stop();
        }
    }
}
