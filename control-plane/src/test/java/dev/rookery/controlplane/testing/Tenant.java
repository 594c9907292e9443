package dev.rookery.controlplane.testing;

import com.clickhouse.client.api.query.GenericRecord;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.organizations.User;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.catalog.tokens.Scope;
import dev.rookery.catalog.tokens.StaticToken;
import dev.rookery.catalog.tokens.TokenOrigin;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.catalog.workspaces.TenantPlace;
import dev.rookery.clickhouse.Sql;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.workspaces.WorkspaceService;
import dev.rookery.datafile.DatasourceFile;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A workspace of a test's own, made through the API, and the person who made it. */
public final class Tenant {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String name;
    private final WorkspaceId id;
    private final String email;
    private final String userToken;

    private Tenant(String name, WorkspaceId id, String email, String userToken) {
        this.name = name;
        this.id = id;
        this.email = email;
        this.userToken = userToken;
    }

    /** A new workspace of a new person in an organization of its own. */
    public static Tenant create() {
        String email = newEmail();
        return create(email, userToken(email));
    }

    /** Another workspace of the same person, and so of the same organization. */
    public Tenant neighbour() {
        return create(email, userToken);
    }

    private static Tenant create(String email, String userToken) {
        // No name is the beginning of another: tests look for names in answers.
        String name = "ws_test_%06d".formatted(NUMBERS.incrementAndGet());
        Reply created = Http.post("/v1/workspaces?name=" + name, userToken);
        if (created.status() != 200) {
            throw new AssertionError(created.body());
        }
        var tenant = new Tenant(name, WorkspaceId.parse(created.text("/id")), email, userToken);
        ControlPlane.shared().writer(tenant.place().cluster());
        return tenant;
    }

    /** An address that nobody has. */
    public static String newEmail() {
        int number = NUMBERS.incrementAndGet();
        return "person%d@example%d.com".formatted(number, number);
    }

    /** The user token of a person, who is made when there is none of that address. */
    public static String userToken(String email) {
        var plane = ControlPlane.shared();
        User user = plane.bean(ChangeLog.class)
                .commitAndAwait(() -> plane.bean(WorkspaceService.class).userOf(email));
        var tokens = plane.bean(TokenStore.class);
        return tokens.text(tokens.userToken(user.id()).orElseThrow().id());
    }

    public String name() {
        return name;
    }

    public WorkspaceId id() {
        return id;
    }

    public String email() {
        return email;
    }

    /** The creator's own token, which belongs to no workspace. */
    public String userToken() {
        return userToken;
    }

    /** The workspace's admin token. */
    public String adminToken() {
        return tokenNamed(TokenStore.WORKSPACE_ADMIN_NAME);
    }

    /** A member's own token of the workspace. */
    public String personalToken(String member) {
        return tokenNamed(TokenStore.personalName(member));
    }

    public String tokenNamed(String tokenName) {
        var tokens = ControlPlane.shared().bean(TokenStore.class);
        return tokens.text(tokens.find(id, tokenName).orElseThrow().id());
    }

    public List<String> tokenNames() {
        return ControlPlane.shared().bean(TokenStore.class).ofWorkspace(id).stream()
                .map(StaticToken::name)
                .toList();
    }

    /** A new token with these scopes, as the API makes them. */
    public String namedToken(String tokenName, String... scopes) {
        var plane = ControlPlane.shared();
        var tokens = plane.bean(TokenStore.class);
        return tokens.text(plane.bean(ChangeLog.class)
                .commitAndAwait(() -> tokens.create(
                        id,
                        null,
                        tokenName,
                        "",
                        TokenOrigin.USER,
                        Arrays.stream(scopes).map(Scope::parse).toList())));
    }

    /** A new token with these scopes, such as {@code PIPES:READ:top}. */
    public String token(String... scopes) {
        return namedToken("token " + UuidCreator.getTimeOrderedEpoch(), scopes);
    }

    /** Makes a new person a member with a role; answers their address. */
    public String member(String role) {
        String member = newEmail();
        Reply added = Http.form(
                "PUT",
                "/v0/workspaces/" + id + "/users/",
                userToken,
                "operation=add&users=" + Http.encode(member) + "&role=" + role);
        if (added.status() != 200) {
            throw new AssertionError(added.body());
        }
        return member;
    }

    /** What the catalog knows now. */
    public WorkspaceSnapshot snapshot() {
        return ControlPlane.shared().bean(WorkspaceSnapshots.class).refresh(id);
    }

    public TenantPlace place() {
        return snapshot().place();
    }

    /** The physical table of a data source that is live. */
    public String table(String datasource) {
        DatasourceEntry entry = snapshot().live().datasources().get(datasource);
        if (entry == null) {
            throw new AssertionError("no data source " + datasource);
        }
        return Sql.table(place().database(), entry.table());
    }

    /** Sends rows to a data source, as accepted now. */
    public void insert(String datasource, String values) {
        insert(datasource, _ -> values);
    }

    /** The same, of rows that depend on the data source's columns. */
    public void insert(String datasource, Function<DatasourceFile, String> rows) {
        DatasourceEntry entry = snapshot().live().datasources().get(datasource);
        if (entry == null) {
            throw new AssertionError("no data source " + datasource);
        }
        String values = rows.apply(entry.file());
        ControlPlane.shared().writer(place().cluster()).insert(entry.id(), place().database(), entry.table(), values);
    }

    /** The first column of the rows of a query where {@code $name} stands for a table, as text. */
    public List<String> rows(String sql, String datasource) {
        return column(sql.replace("$" + datasource, table(datasource)));
    }

    /** Names of all tables and views in the workspace's database. */
    public List<String> physical() {
        return column(
                "SELECT name FROM system.tables WHERE database = '%s' ORDER BY name".formatted(place().database()));
    }

    private static List<String> column(String sql) {
        return ControlPlane.shared().clickHouse().query(sql).stream()
                .map((GenericRecord row) -> String.valueOf(row.getObject(1)))
                .toList();
    }
}
