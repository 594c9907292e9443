package dev.rookery.catalog.snapshot;

import dev.rookery.catalog.ClusterId;
import dev.rookery.catalog.DeploymentId;
import dev.rookery.catalog.OrganizationId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.secrets.SecretStore;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.datafile.ConnectionFile;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.PipeFile;
import dev.rookery.datafile.TestFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads a workspace's snapshot in one REPEATABLE READ transaction, so that it never mixes two versions. Thread safe. */
public final class SnapshotLoader {
    private final JdbcClient jdbc;
    private final SecretStore secrets;
    private final TransactionTemplate transaction;
    private final DatafileCache datafiles = new DatafileCache();

    public SnapshotLoader(JdbcClient jdbc, SecretStore secrets, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        transaction.setReadOnly(true);
        // The snapshot is of its own moment, whatever transaction the caller is in.
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    Optional<WorkspaceSnapshot> load(WorkspaceId id) {
        return transaction.execute(status -> Optional.ofNullable(read(id)));
    }

    private record Row(String name, OrganizationId organization, TenantPlace place) {}

    private @Nullable WorkspaceSnapshot read(WorkspaceId id) {
        Optional<Row> row = jdbc.sql("""
                        select name, organization_id, cluster_id, slot from workspaces
                         where id = :id and deleted_at is null
                        """)
                .param("id", id.value())
                .query((r, n) -> new Row(
                        r.getString("name"),
                        new OrganizationId(r.getObject("organization_id", UUID.class)),
                        new TenantPlace(new ClusterId(r.getObject("cluster_id", UUID.class)), r.getInt("slot"))))
                .optional();
        if (row.isEmpty()) {
            return null;
        }
        Map<Boolean, DeploymentView> views = new HashMap<>();
        jdbc.sql("""
                        select id, number, live from deployments
                         where workspace_id = :id and (live or (status = 'data_ready' and promoted_at is null))
                        """)
                .param("id", id.value())
                .query((r, n) -> Map.entry(
                        r.getBoolean("live"),
                        view(new DeploymentId(r.getObject("id", UUID.class)), r.getInt("number"))))
                .list()
                .forEach(entry -> views.put(entry.getKey(), entry.getValue()));
        DeploymentView live = views.get(true);
        if (live == null) {
            throw new IllegalStateException("workspace %s has no live deployment".formatted(id));
        }
        return new WorkspaceSnapshot(
                id,
                row.get().name(),
                row.get().organization(),
                row.get().place(),
                live,
                views.get(false),
                secrets.of(id),
                sharedWith(id));
    }

    /** A branch reads what the workspace it is of may read. */
    private SortedMap<String, SharedDatasource> sharedWith(WorkspaceId reader) {
        var shared = new TreeMap<String, SharedDatasource>();
        jdbc.sql("""
                        select w.id as owner, w.name as owner_name, w.cluster_id, w.slot,
                               r.id, r.created_at, d.path, d.datafile, d.updated_at, o.name as object, o.quarantine as quarantine_name,
                               null as quarantine
                          from datasource_shares s
                          join resources r on r.id = s.resource_id
                          join workspaces w on w.id = r.workspace_id and w.deleted_at is null
                          join deployments l on l.workspace_id = w.id and l.live
                          join deployment_resources d on d.deployment_id = l.id and d.resource_id = r.id
                          join physical_objects o on o.id = d.object_id
                         where s.workspace_id = (select coalesce(parent_id, id) from workspaces where id = :reader)
                        """).param("reader", reader.value()).query(row -> {
            Stored stored = new Stored(row);
            if (datafiles.parse(stored.path, stored.text) instanceof DatasourceFile file) {
                var datasource = new SharedDatasource(
                        new WorkspaceId(row.getObject("owner", UUID.class)),
                        row.getString("owner_name"),
                        new TenantPlace(new ClusterId(row.getObject("cluster_id", UUID.class)), row.getInt("slot")),
                        stored.datasource(file));
                shared.put(datasource.name(), datasource);
            }
        });
        return Collections.unmodifiableSortedMap(shared);
    }

    /** The content of one deployment, live or not. */
    public DeploymentView view(DeploymentId deployment, int number) {
        var datasources = new TreeMap<String, DatasourceEntry>();
        var pipes = new TreeMap<String, PipeEntry>();
        var connections = new TreeMap<String, ConnectionEntry>();
        var names = new HashMap<ResourceId, String>();
        List<Stored> rows = jdbc.sql("""
                        select r.id, r.created_at, d.path, d.datafile, d.updated_at, o.name as object,
                               o.quarantine as quarantine_name,
                               (select q.name from physical_objects q
                                 where q.resource_id = r.id and q.kind = 'quarantine' and q.state = 'active'
                                   and q.name = coalesce(o.quarantine, 'q' || substr(o.name, 2))) as quarantine
                          from deployment_resources d
                          join resources r on r.id = d.resource_id
                          left join physical_objects o on o.id = d.object_id
                         where d.deployment_id = :deployment
                        """)
                .param("deployment", deployment.value())
                .query((r, n) -> new Stored(r))
                .list();
        for (Stored row : rows) {
            switch (datafiles.parse(row.path, row.text)) {
                case DatasourceFile file -> {
                    datasources.put(file.name(), row.datasource(file));
                    names.put(row.id, file.name());
                }
                case PipeFile file -> {
                    pipes.put(file.name(), row.pipe(file));
                    names.put(row.id, file.name());
                }
                case ConnectionFile file -> {
                    connections.put(file.name(), row.connection(file));
                    names.put(row.id, file.name());
                }
                case TestFile _ -> throw new IllegalStateException("tests are not deployed: " + row.path);
            }
        }
        return new DeploymentView(
                deployment,
                number,
                Collections.unmodifiableSortedMap(datasources),
                Collections.unmodifiableSortedMap(pipes),
                Collections.unmodifiableSortedMap(connections),
                Map.copyOf(names));
    }

    private static final class Stored {
        private final ResourceId id;
        private final String path;
        private final String text;
        private final @Nullable String object;
        private final @Nullable String quarantine;
        private final @Nullable String quarantineName;
        private final Instant createdAt;
        private final Instant updatedAt;

        Stored(ResultSet row) throws SQLException {
            id = new ResourceId(row.getObject("id", UUID.class));
            path = row.getString("path");
            text = row.getString("datafile");
            object = row.getString("object");
            quarantine = row.getString("quarantine");
            quarantineName = row.getString("quarantine_name");
            createdAt = row.getObject("created_at", OffsetDateTime.class).toInstant();
            updatedAt = row.getObject("updated_at", OffsetDateTime.class).toInstant();
        }

        DatasourceEntry datasource(DatasourceFile file) {
            if (object == null) {
                throw new IllegalStateException("data source %s has no table".formatted(id));
            }
            String named = quarantineName == null ? DatasourceEntry.quarantineNameOf(object) : quarantineName;
            return new DatasourceEntry(id, file, object, quarantine, named, path, text, createdAt, updatedAt);
        }

        PipeEntry pipe(PipeFile file) {
            return new PipeEntry(id, file, object, path, text, createdAt, updatedAt);
        }

        ConnectionEntry connection(ConnectionFile file) {
            return new ConnectionEntry(id, file, path, text, createdAt, updatedAt);
        }
    }
}
