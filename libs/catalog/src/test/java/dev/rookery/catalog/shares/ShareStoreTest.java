package dev.rookery.catalog.shares;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.deployments.ResourceKind;
import dev.rookery.catalog.testing.TestCatalog;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Shares of data sources (SHR-1)")
class ShareStoreTest {
    private final TestCatalog catalog = TestCatalog.create();
    private final WorkspaceId owner = catalog.newWorkspace();
    private final WorkspaceId one = beside(owner);
    private final WorkspaceId other = beside(owner);
    private final ResourceId events =
            catalog.inTransaction(() -> catalog.resources.identify(owner, ResourceKind.DATASOURCE, "events"));

    /** A workspace of the same organization on the same cluster. */
    private WorkspaceId beside(WorkspaceId neighbour) {
        WorkspaceId made = catalog.newWorkspace();
        catalog.jdbc
                .sql("""
                        update workspaces w set organization_id = n.organization_id, cluster_id = n.cluster_id,
                               slot = (select max(slot) + 1 from workspaces)
                          from workspaces n where n.id = :neighbour and w.id = :id
                        """)
                .param("neighbour", neighbour.value())
                .param("id", made.value())
                .update();
        return made;
    }

    private void replace(Map<ResourceId, Set<WorkspaceId>> wanted) {
        catalog.inTransaction(() -> catalog.shares.replaceOfDatafiles(owner, wanted));
    }

    @Test
    @DisplayName("DFD-18: datafiles' shares become what the files say; those of people stay")
    void datafiles() {
        catalog.inTransaction(() -> catalog.shares.share(owner, events, one, ShareOrigin.USER));
        replace(Map.of(events, Set.of(other)));
        assertThat(catalog.shares.readers(owner)).isEqualTo(Map.of(events, Set.of(one, other)));

        replace(Map.of());

        assertThat(catalog.shares.readers(owner)).isEqualTo(Map.of(events, Set.of(one)));
        catalog.inTransaction(
                () -> assertThat(catalog.shares.unshare(owner, events, one)).isTrue());
        catalog.inTransaction(
                () -> assertThat(catalog.shares.unshare(owner, events, one)).isFalse());
        assertThat(catalog.shares.readers(owner)).isEmpty();
    }

    @Test
    @DisplayName(
            "SHR-1: not with itself, another organization, or another cluster; and a deleted workspace reads nothing")
    void impossible() {
        WorkspaceId stranger = catalog.newWorkspace();
        WorkspaceId elsewhere = beside(owner);
        catalog.jdbc
                .sql("update workspaces set cluster_id = :cluster where id = :id")
                .param("cluster", catalog.newCluster().value())
                .param("id", elsewhere.value())
                .update();
        for (WorkspaceId reader : Set.of(owner, stranger, elsewhere)) {
            assertThatThrownBy(() ->
                            catalog.inTransaction(() -> catalog.shares.share(owner, events, reader, ShareOrigin.USER)))
                    .isInstanceOf(CatalogException.class);
        }
        catalog.inTransaction(() -> catalog.shares.share(owner, events, one, ShareOrigin.USER));
        catalog.jdbc
                .sql("update workspaces set deleted_at = now() where id = :id")
                .param("id", one.value())
                .update();
        assertThat(catalog.shares.readers(owner)).isEmpty();
    }
}
