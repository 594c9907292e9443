package dev.rookery.catalog.clusters;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.changes.ChangeTopic;
import dev.rookery.catalog.clusters.Cluster.ReplicaAddress;
import dev.rookery.catalog.keys.Sealed;
import dev.rookery.catalog.keys.Sealer;
import dev.rookery.catalog.workspaces.TenantPlace;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Clusters, their replicas and credentials in Postgres. Methods that write run in the caller's transaction. Thread safe. */
public final class ClusterStore {
    private final JdbcClient jdbc;
    private final Sealer sealer;
    private final ChangeLog changes;

    public ClusterStore(JdbcClient jdbc, Sealer sealer, ChangeLog changes) {
        this.jdbc = jdbc;
        this.sealer = sealer;
        this.changes = changes;
    }

    /** Every cluster, by name. */
    public List<Cluster> all() {
        // Rows first, their replicas after: nested, each call would hold one connection and wait for another.
        List<Row> rows = jdbc.sql("select id, name, role_pool_size from clusters order by name")
                .query((row, n) -> new Row(row))
                .list();
        return rows.stream().map(this::cluster).toList();
    }

    /** @throws CatalogException of kind NOT_FOUND */
    public Cluster get(ClusterId id) {
        return jdbc.sql("select id, name, role_pool_size from clusters where id = :id")
                .param("id", id.value())
                .query((row, n) -> new Row(row))
                .optional()
                .map(this::cluster)
                .orElseThrow(() -> new CatalogException(Kind.NOT_FOUND, "The cluster does not exist"));
    }

    /** @throws CatalogException of kind NOT_FOUND when the cluster has no user for that purpose */
    public ClusterCredential credential(ClusterId cluster, ClusterPurpose purpose) {
        return jdbc.sql("""
                        select username, password, key_id from cluster_credentials
                         where cluster_id = :cluster and purpose = :purpose
                        """)
                .param("cluster", cluster.value())
                .param("purpose", purpose.column())
                .query((row, n) -> new ClusterCredential(
                        row.getString("username"),
                        sealer.open(
                                new Sealed(row.getString("key_id"), row.getBytes("password")),
                                place(cluster, purpose))))
                .optional()
                .orElseThrow(() -> new CatalogException(
                        Kind.NOT_FOUND, "The cluster has no user for the purpose '%s'".formatted(purpose.column())));
    }

    /** Adds a cluster of one replica, or finds the one of that name and gives it the replica's new address. */
    public ClusterId putSingle(String name, URI url, OptionalInt rolePoolSize) {
        UUID id = jdbc.sql("""
                        insert into clusters (id, name, mode, role_pool_size) values (:id, :name, 'single', :pool)
                        on conflict (name) do update set role_pool_size = excluded.role_pool_size, updated_at = now()
                        returning id
                        """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("name", name)
                .param("pool", rolePoolSize.isPresent() ? rolePoolSize.getAsInt() : null, Types.INTEGER)
                .query(UUID.class)
                .single();
        jdbc.sql("delete from cluster_replicas where cluster_id = :id and url <> :url")
                .param("id", id)
                .param("url", url.toString())
                .update();
        jdbc.sql("""
                        insert into cluster_replicas (id, cluster_id, url, read_weight, write_weight)
                        values (:replica, :id, :url, 1, 1) on conflict (cluster_id, url) do nothing
                        """)
                .param("replica", UuidCreator.getTimeOrderedEpoch())
                .param("id", id)
                .param("url", url.toString())
                .update();
        changes.record(ChangeTopic.CLUSTERS, null);
        return new ClusterId(id);
    }

    /** Sets a cluster's user for a purpose. */
    public void putCredential(ClusterId cluster, ClusterPurpose purpose, ClusterCredential credential) {
        Sealed sealed = sealer.seal(credential.password(), place(cluster, purpose));
        jdbc.sql("""
                        insert into cluster_credentials (cluster_id, purpose, username, password, key_id)
                        values (:cluster, :purpose, :username, :password, :key)
                        on conflict (cluster_id, purpose) do update
                           set username = excluded.username, password = excluded.password,
                               key_id = excluded.key_id, updated_at = now()
                        """)
                .param("cluster", cluster.value())
                .param("purpose", purpose.column())
                .param("username", credential.username())
                .param("password", sealed.bytes())
                .param("key", sealed.keyId())
                .update();
        changes.record(ChangeTopic.CLUSTERS, null);
    }

    /**
     * Takes the next place for a new workspace, on the open cluster with the fewest workspaces. No place is given twice,
     * also when its workspace has left the cluster: its database and role may still be in use there. Concurrent callers
     * are put in line by the cluster's row, until the caller's transaction ends.
     *
     * @throws CatalogException of kind CONFLICT when no cluster has room
     */
    public TenantPlace takePlace() {
        while (true) {
            UUID cluster = leastLoaded();
            // Whoever changed the row since may have taken the last place of the pool.
            Optional<Integer> slot =
                    jdbc.sql("""
                            update clusters set last_slot = last_slot + 1
                             where id = :id and state = 'open' and (role_pool_size is null or last_slot < role_pool_size)
                            returning last_slot
                            """).param("id", cluster).query(Integer.class).optional();
            if (slot.isPresent()) {
                return new TenantPlace(new ClusterId(cluster), slot.get());
            }
        }
    }

    /**
     * Takes a place beside a workspace, whether its cluster is open or not: what is copied from it stays on one cluster.
     *
     * @throws CatalogException of kind CONFLICT when the cluster has no room
     */
    public TenantPlace takePlaceBeside(TenantPlace neighbour) {
        return jdbc.sql("""
                        update clusters set last_slot = last_slot + 1
                         where id = :id and (role_pool_size is null or last_slot < role_pool_size)
                        returning last_slot
                        """)
                .param("id", neighbour.cluster().value())
                .query(Integer.class)
                .optional()
                .map(slot -> new TenantPlace(neighbour.cluster(), slot))
                .orElseThrow(() -> new CatalogException(
                        Kind.CONFLICT, "The workspace's cluster has no room for another one; ask the operator"));
    }

    private UUID leastLoaded() {
        return jdbc.sql("""
                        select c.id from clusters c
                         where c.state = 'open' and (c.role_pool_size is null or c.last_slot < c.role_pool_size)
                         order by (select count(*) from workspaces w where w.cluster_id = c.id and w.deleted_at is null), c.name
                         limit 1
                        """)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new CatalogException(
                        Kind.CONFLICT, "No cluster has room for another workspace; ask the operator to add one"));
    }

    private record Row(UUID id, String name, OptionalInt rolePoolSize) {
        Row(ResultSet row) throws SQLException {
            this(row.getObject("id", UUID.class), row.getString("name"), pool(row));
        }

        private static OptionalInt pool(ResultSet row) throws SQLException {
            int size = row.getInt("role_pool_size");
            return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(size);
        }
    }

    private Cluster cluster(Row row) {
        return new Cluster(new ClusterId(row.id()), row.name(), row.rolePoolSize(), replicas(row.id()));
    }

    private List<ReplicaAddress> replicas(UUID cluster) {
        return jdbc.sql("""
                        select url, read_weight, write_weight from cluster_replicas where cluster_id = :id order by url
                        """)
                .param("id", cluster)
                .query((row, n) -> new ReplicaAddress(
                        URI.create(row.getString("url")), row.getInt("read_weight"), row.getInt("write_weight")))
                .list();
    }

    private static String place(ClusterId cluster, ClusterPurpose purpose) {
        return "cluster_credentials/" + cluster + "/" + purpose.column();
    }
}
