package dev.rookery.catalog.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.keys.SealBrokenException;
import dev.rookery.catalog.testing.TestCatalog;
import dev.rookery.catalog.workspaces.TenantPlace;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Clusters, credentials and places for workspaces")
class ClusterStoreTest {
    private static final URI URL = URI.create("http://localhost:8123");

    private final TestCatalog catalog = TestCatalog.create();
    private final ClusterStore clusters = catalog.clusters;

    private ClusterId put(String name, OptionalInt pool) {
        return catalog.inTransaction(() -> clusters.putSingle(name, URL, pool));
    }

    /** Takes a place and puts a workspace there, as one transaction. */
    private TenantPlace place() {
        return catalog.inTransaction(() -> {
            TenantPlace place = clusters.takePlace();
            var organization = UuidCreator.getTimeOrderedEpoch();
            catalog.jdbc
                    .sql("insert into organizations (id, name) values (:id, 'acme')")
                    .param("id", organization)
                    .update();
            catalog.jdbc
                    .sql("""
                            insert into workspaces (id, organization_id, name, cluster_id, slot)
                            values (:id, :organization, :name, :cluster, :slot)
                            """)
                    .param("id", UuidCreator.getTimeOrderedEpoch())
                    .param("organization", organization)
                    .param("name", "w_" + organization.toString().replace('-', '_'))
                    .param("cluster", place.cluster().value())
                    .param("slot", place.slot())
                    .update();
            return place;
        });
    }

    private void assertFull() {
        assertThatThrownBy(this::place)
                .isInstanceOfSatisfying(
                        CatalogException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
                .hasMessageContaining("No cluster has room");
    }

    @Test
    @DisplayName("Callers at once get distinct places, and the last place of a pool is given once")
    void concurrently() throws Exception {
        ClusterId small = put("small", OptionalInt.of(5));
        ClusterId other = put("other", OptionalInt.of(4));
        List<TenantPlace> places = Collections.synchronizedList(new ArrayList<>());
        Callable<Integer> taker = () -> {
            for (int taken = 0; ; taken++) {
                try {
                    places.add(place());
                } catch (CatalogException full) {
                    assertThat(full.kind()).isEqualTo(Kind.CONFLICT);
                    return taken;
                }
            }
        };
        int taken = 0;
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var result : threads.invokeAll(Collections.nCopies(8, taker))) {
                taken += result.get();
            }
        }
        assertThat(taken).isEqualTo(9);
        assertThat(places).doesNotHaveDuplicates();
        assertThat(places.stream().filter(place -> place.cluster().equals(small)))
                .extracting(TenantPlace::slot)
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5);
        assertThat(places.stream().filter(place -> place.cluster().equals(other)))
                .extracting(TenantPlace::slot)
                .containsExactlyInAnyOrder(1, 2, 3, 4);
    }

    @Test
    @DisplayName("Closed and draining clusters take nobody; without an open one the operator is named")
    void closed() {
        assertFull();
        ClusterId first = put("first", OptionalInt.empty());
        assertThat(place().cluster()).isEqualTo(first);
        for (String state : List.of("closed", "draining")) {
            catalog.jdbc.sql("update clusters set state = ?").param(state).update();
            assertFull();
        }
    }

    @Test
    @DisplayName("The place of a workspace that left the cluster is not given again")
    void left() {
        ClusterId a = put("a", OptionalInt.empty());
        assertThat(place()).isEqualTo(new TenantPlace(a, 1));
        ClusterId b = put("b", OptionalInt.empty());
        catalog.jdbc
                .sql("update workspaces set cluster_id = ?")
                .param(b.value())
                .update();

        assertThat(place()).isEqualTo(new TenantPlace(a, 2));
    }

    @Test
    @DisplayName("The place of a deleted workspace is not given again, and the emptiest cluster comes first")
    void notReused() {
        ClusterId a = put("a", OptionalInt.empty());
        ClusterId b = put("b", OptionalInt.empty());
        assertThat(place()).isEqualTo(new TenantPlace(a, 1));
        assertThat(place()).isEqualTo(new TenantPlace(b, 1));
        catalog.jdbc
                .sql("update workspaces set deleted_at = now() where cluster_id = ?")
                .param(a.value())
                .update();
        assertThat(place()).isEqualTo(new TenantPlace(a, 2));
        assertThat(new TenantPlace(a, 2).database()).isEqualTo("ws_0002");
        assertThat(new TenantPlace(a, 12_345).role()).isEqualTo("r12345");
    }

    @Test
    @DisplayName("Registering again keeps the id and takes the new address and pool")
    void again() {
        ClusterId id = put("main", OptionalInt.of(10));
        URI moved = URI.create("http://elsewhere:8123");
        assertThat(catalog.inTransaction(() -> clusters.putSingle("main", moved, OptionalInt.empty())))
                .isEqualTo(id);
        Cluster cluster = clusters.get(id);
        assertThat(cluster.writer().url()).isEqualTo(moved);
        assertThat(cluster.rolePoolSize()).isEmpty();
        assertThat(clusters.all()).containsExactly(cluster);
        assertThatThrownBy(() -> clusters.get(new ClusterId(UuidCreator.getTimeOrderedEpoch())))
                .isInstanceOf(CatalogException.class);
    }

    @Test
    @DisplayName("A password opens for its own cluster and purpose only")
    void credentials() {
        ClusterId id = put("main", OptionalInt.empty());
        catalog.inTransaction(() -> {
            clusters.putCredential(id, ClusterPurpose.ADMIN, new ClusterCredential("root", "first"));
            clusters.putCredential(id, ClusterPurpose.ADMIN, new ClusterCredential("root", "second"));
            clusters.putCredential(id, ClusterPurpose.GATEWAY, new ClusterCredential("gateway", "third"));
        });
        assertThat(clusters.credential(id, ClusterPurpose.ADMIN)).isEqualTo(new ClusterCredential("root", "second"));
        assertThatThrownBy(() -> clusters.credential(id, ClusterPurpose.WRITER))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("'writer'");
        catalog.jdbc.sql("""
                        update cluster_credentials g set password = a.password from cluster_credentials a
                         where a.purpose = 'admin' and g.purpose = 'gateway'
                        """).update();
        assertThatThrownBy(() -> clusters.credential(id, ClusterPurpose.GATEWAY))
                .isInstanceOf(SealBrokenException.class);
    }
}
