package dev.rookery.ingest.testing;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.TokenId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.deployments.DeployedResource;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStatus;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceKind;
import dev.rookery.catalog.tokens.Scope;
import dev.rookery.catalog.tokens.TokenOrigin;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.engines.testing.TestEngines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A tenant in the catalog and in ClickHouse. */
public final class TestWorkspace {
    private final TestPlatform platform;
    private final WorkspaceId id;
    private final TenantPlace place;
    private final TestClickHouse clickHouse;
    private final String adminToken;

    private TestWorkspace(TestPlatform platform, WorkspaceId id, TenantPlace place, String adminToken) {
        this.platform = platform;
        this.id = id;
        this.place = place;
        this.clickHouse = new TestClickHouse(platform.clickHouse());
        this.adminToken = adminToken;
    }

    static TestWorkspace create(TestPlatform platform) {
        UUID organization = UuidCreator.getTimeOrderedEpoch();
        var id = new WorkspaceId(UuidCreator.getTimeOrderedEpoch());
        var place = new TenantPlace(platform.cluster().id(), TestEngines.nextWorkspaceNumber());
        String admin = Objects.requireNonNull(platform.transactions().execute(_ -> {
            platform.jdbc()
                    .sql("insert into organizations (id, name) values (:id, 'Test')")
                    .param("id", organization)
                    .update();
            platform.jdbc()
                    .sql("""
                            insert into workspaces (id, organization_id, name, cluster_id, slot)
                            values (:id, :organization, :name, :cluster, :slot)
                            """)
                    .param("id", id.value())
                    .param("organization", organization)
                    .param("name", "ws_" + place.slot())
                    .param("cluster", place.cluster().value())
                    .param("slot", place.slot())
                    .update();
            platform.deployments().createInitial(id);
            TokenId token = platform.tokens()
                    .create(
                            id,
                            null,
                            TokenStore.WORKSPACE_ADMIN_NAME,
                            "",
                            TokenOrigin.BUILTIN,
                            List.of(Scope.parse("ADMIN")));
            return platform.tokens().text(token);
        }));
        var workspace = new TestWorkspace(platform, id, place, admin);
        workspace.clickHouse.execute("CREATE DATABASE " + place.database());
        return workspace;
    }

    /** Deploys these datafiles and makes them live; name to text. Returns the deployment's number. */
    public int deploy(Map<String, String> datafiles) {
        Deployment candidate = stage(datafiles);
        promote();
        return candidate.number();
    }

    /** Deploys these datafiles as the candidate. */
    public Deployment stage(Map<String, String> datafiles) {
        Deployment candidate = Objects.requireNonNull(
                platform.transactions().execute(_ -> platform.deployments().createCandidate(id)));
        List<DeployedResource> resources = new ArrayList<>();
        List<PhysicalObject> objects = new ArrayList<>();
        datafiles.forEach((name, text) -> {
            PhysicalObject table =
                    Objects.requireNonNull(platform.transactions().execute(_ -> {
                        ResourceId resource = platform.resources().identify(id, ResourceKind.DATASOURCE, name);
                        return platform.resources().announce(id, resource, PhysicalObject.Kind.TABLE);
                    }));
            clickHouse.execute(TestTables.statement(place.database() + "." + table.name(), name, text));
            objects.add(table);
            resources.add(new DeployedResource(
                    table.resource(), "datasources/%s.datasource".formatted(name), text, table.id()));
        });
        return platform.changes().commitAndAwait(() -> {
            platform.resources()
                    .activate(id, objects.stream().map(PhysicalObject::id).toList());
            platform.deployments().putResources(candidate.id(), resources);
            platform.deployments().setStatus(candidate, DeploymentStatus.DATA_READY);
            return candidate;
        });
    }

    /** Makes the candidate live. */
    public void promote() {
        var _ = platform.changes().commitAndAwait(() -> {
            Deployment live = platform.deployments().lockLive(id);
            Deployment candidate = platform.deployments().candidate(id).orElseThrow();
            platform.deployments().promote(live, candidate);
            return candidate;
        });
    }

    /** A token with these scopes; its text. */
    public String token(String name, String... scopes) {
        return platform.changes().commitAndAwait(() -> {
            TokenId token = platform.tokens()
                    .create(
                            id,
                            null,
                            name,
                            "",
                            TokenOrigin.USER,
                            List.of(scopes).stream().map(Scope::parse).toList());
            return platform.tokens().text(token);
        });
    }

    /** The tables behind the live and staged data sources of a name, the oldest first. */
    public List<String> tables(String name) {
        return objects(name, "table");
    }

    /** The quarantine tables that are active. */
    public List<String> quarantines(String name) {
        return objects(name, "quarantine");
    }

    private List<String> objects(String name, String kind) {
        return platform.jdbc()
                .sql("""
                        select o.name from physical_objects o join resources r on r.id = o.resource_id
                         where r.workspace_id = :workspace and r.name = :name and o.kind = :kind and o.state = 'active'
                         order by o.created_at
                        """)
                .param("workspace", id.value())
                .param("name", name)
                .param("kind", kind)
                .query((row, _) -> place.database() + "." + row.getString(1))
                .list();
    }

    /** Retires a table in the catalog and drops it, as the reaper does. */
    public void retire(String table) {
        platform.jdbc()
                .sql("update physical_objects set state = 'retired' where workspace_id = :workspace and name = :name")
                .param("workspace", id.value())
                .param("name", table.substring(table.indexOf('.') + 1))
                .update();
        clickHouse.execute("DROP TABLE " + table + " SYNC");
    }

    public WorkspaceId id() {
        return id;
    }

    public String database() {
        return place.database();
    }

    public String adminToken() {
        return adminToken;
    }

    /** The id clients see. */
    public String resourceId(String name) {
        return Objects.requireNonNull(platform.transactions()
                        .execute(_ -> platform.resources().identify(id, ResourceKind.DATASOURCE, name)))
                .toString();
    }

    public TestClickHouse clickHouse() {
        return clickHouse;
    }

    /** One data source. */
    public static Map<String, String> datasource(String name, String text) {
        Map<String, String> one = new LinkedHashMap<>();
        one.put(name, text);
        return one;
    }
}
