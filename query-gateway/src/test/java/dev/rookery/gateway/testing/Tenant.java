package dev.rookery.gateway.testing;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.OrganizationId;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.TokenId;
import dev.rookery.catalog.UserId;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.clusters.ClusterStore;
import dev.rookery.catalog.deployments.DeployedResource;
import dev.rookery.catalog.deployments.Deployment;
import dev.rookery.catalog.deployments.DeploymentStatus;
import dev.rookery.catalog.deployments.DeploymentStore;
import dev.rookery.catalog.deployments.PhysicalObject;
import dev.rookery.catalog.deployments.ResourceKind;
import dev.rookery.catalog.deployments.ResourceStore;
import dev.rookery.catalog.secrets.SecretStore;
import dev.rookery.catalog.shares.ShareOrigin;
import dev.rookery.catalog.shares.ShareStore;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.catalog.tokens.Scope;
import dev.rookery.catalog.tokens.ScopeType;
import dev.rookery.catalog.tokens.TokenOrigin;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.Sql;
import dev.rookery.datafile.Datafile;
import dev.rookery.datafile.DatafileParser;
import dev.rookery.datafile.DatasourceFile;
import dev.rookery.datafile.ParseResult;
import dev.rookery.engines.testing.TestEngines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A workspace of a test's own, with what is deployed in it. */
public final class Tenant {
    private final Gateway gateway;
    private final WorkspaceId id;
    private final String name;
    private final TenantPlace place;
    private final Map<String, PhysicalObject> tables = new LinkedHashMap<>();

    private Tenant(Gateway gateway, WorkspaceId id, String name, TenantPlace place) {
        this.gateway = gateway;
        this.id = id;
        this.name = name;
        this.place = place;
    }

    /** A new, empty workspace of an organization without limits; its name is made unique. */
    public static Tenant create(String prefix) {
        return create(prefix, organization("dedicated"));
    }

    /** A new organization on a plan. */
    public static OrganizationId organization(String plan) {
        var id = new OrganizationId(UuidCreator.getTimeOrderedEpoch());
        Gateway.shared()
                .bean(JdbcClient.class)
                .sql("insert into organizations (id, name, plan) values (:id, :name, :plan)")
                .param("id", id.value())
                .param("name", "of " + id)
                .param("plan", plan)
                .update();
        return id;
    }

    /** A new, empty workspace of the organization. */
    public static Tenant create(String prefix, OrganizationId organization) {
        Gateway gateway = Gateway.shared();
        var cluster = gateway.bean(ClusterStore.class).all().getFirst().id();
        var place = new TenantPlace(cluster, TestEngines.nextWorkspaceNumber());
        String name = prefix + "_" + place.slot();
        var id = new WorkspaceId(UuidCreator.getTimeOrderedEpoch());
        var jdbc = gateway.bean(JdbcClient.class);
        transaction(gateway).executeWithoutResult(_ -> {
            jdbc.sql("""
                            insert into workspaces (id, organization_id, name, cluster_id, slot)
                            values (:id, :organization, :name, :cluster, :slot)
                            """)
                    .param("id", id.value())
                    .param("organization", organization.value())
                    .param("name", name)
                    .param("cluster", cluster.value())
                    .param("slot", place.slot())
                    .update();
            gateway.bean(DeploymentStore.class).createInitial(id);
        });
        gateway.clickHouse().execute("CREATE DATABASE " + Sql.identifier(place.database()));
        return new Tenant(gateway, id, name, place);
    }

    public String name() {
        return name;
    }

    public TenantPlace place() {
        return place;
    }

    public WorkspaceId id() {
        return id;
    }

    /** The physical table of a data source. */
    public String table(String datasource) {
        return Objects.requireNonNull(tables.get(datasource), datasource).name();
    }

    /** Deploys these datafiles and makes them live, as the control-plane would. */
    public Tenant deploy(Map<String, String> files) {
        stage(files);
        promote();
        return this;
    }

    /** Deploys these datafiles and leaves them staged. */
    public void stage(Map<String, String> files) {
        var resources = gateway.bean(ResourceStore.class);
        var deployments = gateway.bean(DeploymentStore.class);
        Map<String, Datafile> parsed = new LinkedHashMap<>();
        files.forEach((path, text) -> {
            ParseResult result = DatafileParser.parse(path, text);
            parsed.put(path, Objects.requireNonNull(result.datafile(), () -> "" + result.errors()));
        });
        transaction(gateway).executeWithoutResult(_ -> {
            Deployment candidate = deployments.createCandidate(id);
            List<DeployedResource> deployed = new ArrayList<>();
            parsed.forEach((path, file) -> {
                ResourceKind kind = file instanceof DatasourceFile ? ResourceKind.DATASOURCE : ResourceKind.PIPE;
                var resource = resources.identify(id, kind, file.name());
                @Nullable PhysicalObject object = null;
                if (file instanceof DatasourceFile datasource) {
                    object = resources.announce(id, resource, PhysicalObject.Kind.TABLE);
                    tables.put(datasource.name(), object);
                    create(datasource, object.name());
                    resources.activate(id, List.of(object.id()));
                }
                deployed.add(new DeployedResource(
                        resource, path, Objects.requireNonNull(files.get(path)), object == null ? null : object.id()));
            });
            deployments.putResources(candidate.id(), deployed);
            deployments.setStatus(candidate, DeploymentStatus.DATA_READY);
        });
        gateway.bean(WorkspaceSnapshots.class).refresh(id);
    }

    /** Makes what is staged live. */
    public void promote() {
        var deployments = gateway.bean(DeploymentStore.class);
        transaction(gateway).executeWithoutResult(_ -> {
            Deployment live = deployments.lockLive(id);
            deployments.promote(live, deployments.candidate(id).orElseThrow());
        });
        gateway.bean(WorkspaceSnapshots.class).refresh(id);
    }

    /** Puts another table in a data source's place without telling the gateway, and drops the old one. */
    public void swapBehindTheCache(String datasource) {
        String old = table(datasource);
        String renamed = old.substring(0, old.length() - 4) + "zzzz";
        gateway.clickHouse()
                .execute("RENAME TABLE %s TO %s"
                        .formatted(Sql.table(place.database(), old), Sql.table(place.database(), renamed)));
        gateway.bean(JdbcClient.class)
                .sql("update physical_objects set name = :renamed where workspace_id = :workspace and name = :old")
                .param("renamed", renamed)
                .param("workspace", id.value())
                .param("old", old)
                .update();
    }

    /** Makes the quarantine table of a data source, with the columns of QU-2. */
    public String quarantine(String datasource) {
        var resources = gateway.bean(ResourceStore.class);
        PhysicalObject table = Objects.requireNonNull(tables.get(datasource));
        String quarantine = Objects.requireNonNull(transaction(gateway).execute(_ -> {
            var object = resources.announceQuarantine(id, table.resource(), table.name());
            resources.activate(id, List.of(object.id()));
            return object.name();
        }));
        gateway.clickHouse().execute("CREATE TABLE " + Sql.table(place.database(), quarantine) + """
                 (id Nullable(String), c__error_column Array(String), c__error Array(String),
                 c__import_id Nullable(String), insertion_date DateTime) ENGINE = MergeTree ORDER BY tuple()""");
        gateway.bean(WorkspaceSnapshots.class).refresh(id);
        return quarantine;
    }

    private void create(DatasourceFile file, String table) {
        String columns = file.columns().stream()
                .map(column -> Sql.identifier(column.name()) + " " + column.type())
                .collect(Collectors.joining(", "));
        gateway.clickHouse()
                .execute("CREATE TABLE %s (%s) ENGINE = MergeTree ORDER BY tuple()"
                        .formatted(Sql.table(place.database(), table), columns));
    }

    /** Inserts {@code VALUES} rows. */
    public Tenant insert(String datasource, String rows) {
        gateway.clickHouse()
                .execute("INSERT INTO %s %s".formatted(Sql.table(place.database(), table(datasource)), rows));
        return this;
    }

    /** A token's text with these scopes, such as {@code PIPES:READ:top}. */
    public String token(String... scopes) {
        var tokens = gateway.bean(TokenStore.class);
        return Objects.requireNonNull(transaction(gateway).execute(_ -> {
            TokenId token = tokens.create(
                    id,
                    null,
                    "token " + UuidCreator.getTimeOrderedEpoch(),
                    "",
                    TokenOrigin.USER,
                    Arrays.stream(scopes).map(Scope::parse).toList());
            return tokens.text(token);
        }));
    }

    /** The text of the workspace's admin token, with which its JWTs are signed. */
    public synchronized String adminToken() {
        var tokens = gateway.bean(TokenStore.class);
        return tokens.find(id, TokenStore.WORKSPACE_ADMIN_NAME)
                .map(token -> tokens.text(token.id()))
                .orElseGet(() -> gateway.bean(ChangeLog.class)
                        .commitAndAwait(() -> tokens.text(tokens.create(
                                id,
                                null,
                                TokenStore.WORKSPACE_ADMIN_NAME,
                                "",
                                TokenOrigin.BUILTIN,
                                List.of(Scope.of(ScopeType.ADMIN))))));
    }

    /** Gives the admin token a new text, as the API does: answers when every instance has seen it. */
    public void refreshAdminToken() {
        var tokens = gateway.bean(TokenStore.class);
        gateway.bean(ChangeLog.class).commitAndAwait(() -> {
            tokens.refresh(tokens.find(id, TokenStore.WORKSPACE_ADMIN_NAME).orElseThrow());
            return true;
        });
    }

    /**
     * A JWT named {@code frontend} for an hour.
     *
     * @param scopes JSON objects
     */
    public String jwt(String... scopes) {
        return namedJwt("frontend", "", scopes);
    }

    /** @param more further claims in JSON, beginning with a comma; may be empty */
    public String namedJwt(String jwtName, String more, String... scopes) {
        String payload = "{\"workspace_id\":\"%s\",\"name\":\"%s\",\"exp\":%d.25%s,\"scopes\":[%s]}"
                .formatted(id, jwtName, Instant.now().getEpochSecond() + 3600, more, String.join(",", scopes));
        return Jwts.sign(payload, adminToken());
    }

    /** A JWT whose end was a minute ago. */
    public String expiredJwt(String scope) {
        String payload = "{\"workspace_id\":\"%s\",\"name\":\"late\",\"exp\":%d,\"scopes\":[%s]}"
                .formatted(id, Instant.now().getEpochSecond() - 60, scope);
        return Jwts.sign(payload, adminToken());
    }

    /**
     * The own token of a new member.
     *
     * @param role null for somebody who is no member any more
     */
    public String personalToken(@Nullable String role) {
        UserId user = newUser();
        if (role != null) {
            gateway.bean(JdbcClient.class)
                    .sql(
                            "insert into workspace_members (workspace_id, user_id, role) values (:workspace, :user, :role)")
                    .param("workspace", id.value())
                    .param("user", user.value())
                    .param("role", role)
                    .update();
        }
        var tokens = gateway.bean(TokenStore.class);
        return Objects.requireNonNull(transaction(gateway)
                .execute(_ -> tokens.text(tokens.create(
                        id, user, "admin " + user + "@example.com", "", TokenOrigin.BUILTIN, List.of()))));
    }

    /** The token of a new person, which belongs to no workspace. */
    public static String userToken() {
        Gateway gateway = Gateway.shared();
        var tokens = gateway.bean(TokenStore.class);
        UserId user = newUser();
        return Objects.requireNonNull(transaction(gateway)
                .execute(
                        _ -> tokens.text(tokens.create(null, user, "user token", "", TokenOrigin.BUILTIN, List.of()))));
    }

    private static UserId newUser() {
        var user = new UserId(UuidCreator.getTimeOrderedEpoch());
        Gateway.shared()
                .bean(JdbcClient.class)
                .sql("insert into users (id, email) values (:id, :email)")
                .param("id", user.value())
                .param("email", user + "@example.com")
                .update();
        return user;
    }

    /** The text that a token had before it was refreshed. */
    public String refreshedToken(String... scopes) {
        String old = token(scopes);
        var tokens = gateway.bean(TokenStore.class);
        gateway.bean(ChangeLog.class).commitAndAwait(() -> {
            tokens.refresh(tokens.findByText(old).orElseThrow());
            return old;
        });
        return old;
    }

    /** The lasting id of a data source or pipe; the name itself where there is none. */
    public String idOf(String resource) {
        var live = gateway.bean(WorkspaceSnapshots.class).get(id).live();
        return live.pipe(resource)
                .map(pipe -> pipe.id().toString())
                .or(() -> live.datasource(resource)
                        .map(datasource -> datasource.id().toString()))
                .orElse(resource);
    }

    /** The lasting id of a data source. */
    public String datasourceId(String datasource) {
        return gateway.bean(WorkspaceSnapshots.class)
                .get(id)
                .live()
                .datasource(datasource)
                .orElseThrow()
                .id()
                .toString();
    }

    /** The lasting id of a pipe. */
    public String pipeId(String pipe) {
        return gateway.bean(WorkspaceSnapshots.class)
                .get(id)
                .live()
                .pipe(pipe)
                .orElseThrow()
                .id()
                .toString();
    }

    /** Lets another tenant, who joins this one's organization, read a data source. */
    public void share(String datasource, Tenant reader) {
        gateway.bean(JdbcClient.class)
                .sql("""
                        update workspaces set organization_id = (select organization_id from workspaces where id = :owner)
                         where id = :reader
                        """)
                .param("owner", id.value())
                .param("reader", reader.id.value())
                .update();
        gateway.bean(ChangeLog.class).commitAndAwait(() -> {
            gateway.bean(ShareStore.class).share(id, identify(datasource), reader.id, ShareOrigin.USER);
            return reader;
        });
    }

    /** Ends what {@link #share} began. */
    public void unshare(String datasource, Tenant reader) {
        gateway.bean(ChangeLog.class)
                .commitAndAwait(() -> gateway.bean(ShareStore.class).unshare(id, identify(datasource), reader.id));
    }

    private ResourceId identify(String datasource) {
        return gateway.bean(ResourceStore.class).identify(id, ResourceKind.DATASOURCE, datasource);
    }

    /** Stores a secret, and returns when the gateway has seen it. */
    public void secret(String secret, String value) {
        gateway.bean(ChangeLog.class).commitAndAwait(() -> {
            gateway.bean(SecretStore.class).put(id, secret, value, "test");
            return value;
        });
    }

    private static TransactionTemplate transaction(Gateway gateway) {
        return new TransactionTemplate(gateway.bean(PlatformTransactionManager.class));
    }
}
