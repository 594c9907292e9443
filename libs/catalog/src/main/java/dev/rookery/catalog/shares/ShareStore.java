package dev.rookery.catalog.shares;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.changes.ChangeTopic;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which workspaces may read data sources of others (SHR-1): of the same organization, and on the same cluster, for a query
 * runs on one. Methods that write run in the caller's transaction, and record a change of both workspaces. Thread safe.
 */
public final class ShareStore {
    private final JdbcClient jdbc;
    private final ChangeLog changes;

    public ShareStore(JdbcClient jdbc, ChangeLog changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    /**
     * Lets a workspace read a data source; one that may already, goes on to.
     *
     * @throws CatalogException INVALID when the two cannot share
     */
    public void share(WorkspaceId owner, ResourceId datasource, WorkspaceId reader, ShareOrigin origin) {
        requirePossible(owner, reader);
        jdbc.sql("""
                        insert into datasource_shares (resource_id, workspace_id, origin)
                        values (:resource, :workspace, :origin)
                        on conflict (resource_id, workspace_id) do nothing
                        """)
                .param("resource", datasource.value())
                .param("workspace", reader.value())
                .param("origin", origin.column())
                .update();
        recordBoth(owner, reader);
    }

    /** @return whether the workspace could read it before */
    public boolean unshare(WorkspaceId owner, ResourceId datasource, WorkspaceId reader) {
        boolean ended = jdbc.sql("""
                        delete from datasource_shares where resource_id = :resource and workspace_id = :workspace
                        """)
                        .param("resource", datasource.value())
                        .param("workspace", reader.value())
                        .update()
                == 1;
        recordBoth(owner, reader);
        return ended;
    }

    /**
     * Makes the shares that datafiles keep exactly these; those that people made stay.
     *
     * @param wanted the readers of each data source that is shared
     * @throws CatalogException INVALID when the owner cannot share with one of them
     */
    public void replaceOfDatafiles(WorkspaceId owner, Map<ResourceId, Set<WorkspaceId>> wanted) {
        Map<ResourceId, Set<WorkspaceId>> kept = readers(owner, "and s.origin = 'datafile'");
        kept.forEach((datasource, readers) -> readers.stream()
                .filter(reader -> !wanted.getOrDefault(datasource, Set.of()).contains(reader))
                .forEach(reader -> unshare(owner, datasource, reader)));
        wanted.forEach((datasource, readers) -> readers.stream()
                .filter(reader -> !kept.getOrDefault(datasource, Set.of()).contains(reader))
                .forEach(reader -> share(owner, datasource, reader, ShareOrigin.DATAFILE)));
    }

    /**
     * The workspace that a {@code SHARED_WITH} line means.
     *
     * @throws CatalogException INVALID when there is none of that name in the organization, or the two cannot share
     */
    public WorkspaceId readerNamed(WorkspaceId owner, String name) {
        WorkspaceId reader = jdbc.sql("""
                        select r.id from workspaces r
                          join workspaces o on o.id = :owner and o.organization_id = r.organization_id
                         where r.name = :name and r.deleted_at is null and r.parent_id is null
                        """)
                .param("owner", owner.value())
                .param("name", name)
                .query((row, n) -> new WorkspaceId(row.getObject("id", UUID.class)))
                .optional()
                .orElseThrow(() -> new CatalogException(
                        Kind.INVALID, "There is no workspace '%s' in the organization to share with".formatted(name)));
        requirePossible(owner, reader);
        return reader;
    }

    /** Who may read the data sources of a workspace, in the order of their ids; those of nobody else are missing. */
    public Map<ResourceId, Set<WorkspaceId>> readers(WorkspaceId owner) {
        return readers(owner, "");
    }

    private Map<ResourceId, Set<WorkspaceId>> readers(WorkspaceId owner, String condition) {
        Map<ResourceId, Set<WorkspaceId>> readers = new HashMap<>();
        jdbc.sql("""
                        select s.resource_id, s.workspace_id from datasource_shares s
                          join resources r on r.id = s.resource_id
                          join workspaces w on w.id = s.workspace_id and w.deleted_at is null
                         where r.workspace_id = :owner %s
                        """.formatted(condition)).param("owner", owner.value()).query(row -> {
            readers.computeIfAbsent(
                            new ResourceId(row.getObject("resource_id", UUID.class)),
                            _ -> new TreeSet<>(java.util.Comparator.comparing(WorkspaceId::toString)))
                    .add(new WorkspaceId(row.getObject("workspace_id", UUID.class)));
        });
        return readers;
    }

    private void requirePossible(WorkspaceId owner, WorkspaceId reader) {
        if (owner.equals(reader)) {
            throw new CatalogException(Kind.INVALID, "A data source cannot be shared with its own workspace");
        }
        record Place(UUID organization, UUID cluster) {}
        Set<Place> places = new HashSet<>(jdbc.sql("""
                        select organization_id, cluster_id from workspaces
                         where id in (:owner, :reader) and deleted_at is null
                        """)
                .param("owner", owner.value())
                .param("reader", reader.value())
                .query((row, n) -> new Place(
                        row.getObject("organization_id", UUID.class), row.getObject("cluster_id", UUID.class)))
                .list());
        if (places.stream().map(Place::organization).distinct().count() > 1) {
            throw new CatalogException(
                    Kind.INVALID, "Data sources can be shared with workspaces of the same organization only");
        }
        if (places.size() > 1) {
            throw new CatalogException(
                    Kind.INVALID, "The two workspaces are on different clusters, and cannot share data sources");
        }
    }

    /** Branches share nothing: their data sources have the names of those that are shared. */
    public boolean mayShare(WorkspaceId owner) {
        return jdbc.sql("select parent_id is null from workspaces where id = :owner")
                .param("owner", owner.value())
                .query(Boolean.class)
                .single();
    }

    private void recordBoth(WorkspaceId owner, WorkspaceId reader) {
        changes.record(ChangeTopic.WORKSPACE, owner);
        changes.record(ChangeTopic.WORKSPACE, reader);
        jdbc.sql("select id from workspaces where parent_id = :reader and deleted_at is null")
                .param("reader", reader.value())
                .query((row, n) -> new WorkspaceId(row.getObject("id", UUID.class)))
                .list()
                .forEach(branch -> changes.record(ChangeTopic.WORKSPACE, branch));
    }
}
