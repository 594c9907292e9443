package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.gateway.testing.Gateway;
import dev.rookery.gateway.testing.Http;
import dev.rookery.gateway.testing.Http.Reply;
import dev.rookery.gateway.testing.Tenant;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every route of the gateway, asked with every kind of token for every resource, where three workspaces of two
 * organizations have equal names of everything. What must happen is worked out from what the documents say about the
 * token, without any code of the gateway.
 */
@DisplayName("Route × token × resource")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationMatrixTest {
    private static final Set<String> DATASOURCES = Set.of("ds1", "ds2");
    private static final Set<String> ENDPOINTS = Set.of("p1", "p2");
    private static final Set<String> PIPES = Set.of("p1", "p2", "hidden");
    private static final List<String> RESOURCES = List.of("ds1", "ds2", "p1", "p2", "hidden", "ghost");
    private static final Set<String> NOTHING = Set.of();

    private final List<Tenant> tenants = new ArrayList<>();
    private final List<Holder> holders = new ArrayList<>();

    /**
     * Somebody with a token.
     *
     * @param datasources those the token reads by name
     * @param pipes those the token reads by name
     * @param all whether it reads the whole workspace
     * @param restricted data sources and pipes of which it sees the open rows alone
     */
    private record Holder(
            String name,
            Tenant tenant,
            String token,
            boolean valid,
            boolean all,
            Set<String> datasources,
            Set<String> pipes,
            Set<String> restricted) {
        boolean reads(String resource) {
            return all || datasources.contains(resource) || pipes.contains(resource);
        }

        boolean readsPipe(String resource) {
            return all || pipes.contains(resource);
        }
    }

    private enum Route {
        JSON,
        CSV,
        NDJSON,
        FORM,
        BY_ID,
        OVER,
        EXPLAIN,
        OPENAPI,
        SQL,
        SQL_POST,
        SQL_QUALIFIED,
        SQL_SUBQUERY,
        SQL_WITH,
        SQL_JOIN,
        SQL_IN,
        SQL_PIPELINE,
        SQL_QUARANTINE,
        DRIVER,
        DRIVER_DATABASE;

        boolean isEndpoint() {
            return compareTo(OVER) <= 0;
        }
    }

    private record Cell(Holder holder, Route route, String resource) {
        @Override
        public String toString() {
            return holder.name() + " " + route + " " + resource;
        }
    }

    /** What a cell must answer; rows says whether the resource's rows are in it. */
    private record Verdict(int status, boolean rows) {}

    @BeforeAll
    void workspaces() {
        var first = Tenant.organization("dedicated");
        var second = Tenant.organization("dedicated");
        for (var organization : List.of(first, first, second)) {
            tenants.add(workspace(Tenant.create("matrix", organization)));
        }
        holdersOf(tenants.getFirst());
        for (Tenant other : tenants.subList(1, tenants.size())) {
            holders.add(reader("other ADMIN", other, other.token("ADMIN")));
            holders.add(named("other p1", other, other.token("PIPES:READ:p1"), NOTHING, Set.of("p1")));
            holders.add(named("other JWT", other, other.jwt(datasource("ds1", "")), Set.of("ds1"), NOTHING));
        }
    }

    private static Tenant workspace(Tenant tenant) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String datasource : DATASOURCES) {
            files.put(
                    datasource + ".datasource",
                    "SCHEMA >\n    `canary` String `json:$.c`,\n    `kind` String `json:$.k`\n");
        }
        files.put("p1.pipe", pipe("ds1", "TYPE endpoint"));
        files.put("p2.pipe", pipe("ds2", "TYPE endpoint"));
        files.put("hidden.pipe", pipe("ds1", ""));
        tenant.deploy(files);
        for (String datasource : DATASOURCES) {
            tenant.insert(
                    datasource,
                    "VALUES ('%s', 'open'), ('%s', 'closed')"
                            .formatted(canary(tenant, datasource, "open"), canary(tenant, datasource, "closed")));
        }
        return tenant;
    }

    private static String pipe(String datasource, String type) {
        return "NODE n\nSQL >\n    %%\n    SELECT canary, kind FROM %s WHERE kind LIKE {{String(kind, '%%')}}\n%s\n"
                .formatted(datasource, type);
    }

    private static String canary(Tenant tenant, String datasource, String kind) {
        return "canary-%s-%s-%s".formatted(tenant.name(), datasource, kind);
    }

    private static String datasource(String name, String filter) {
        return "{\"type\":\"DATASOURCES:READ\",\"resource\":\"%s\",\"filter\":\"%s\"}".formatted(name, filter);
    }

    private static String pipeScope(String name, String fixed) {
        return "{\"type\":\"PIPES:READ\",\"resource\":\"%s\",\"fixed_params\":%s}".formatted(name, fixed);
    }

    private static Holder reader(String name, Tenant tenant, String token) {
        return new Holder(name, tenant, token, true, true, NOTHING, NOTHING, NOTHING);
    }

    private static Holder named(String name, Tenant tenant, String token, Set<String> datasources, Set<String> pipes) {
        return new Holder(name, tenant, token, true, false, datasources, pipes, NOTHING);
    }

    private static Holder nobody(String name, Tenant tenant, String token) {
        return new Holder(name, tenant, token, false, false, NOTHING, NOTHING, NOTHING);
    }

    private void holdersOf(Tenant mine) {
        Tenant neighbour = tenants.get(1);
        holders.add(reader("ADMIN", mine, mine.token("ADMIN")));
        holders.add(reader("admin token", mine, mine.adminToken()));
        holders.add(reader("READ_ALL", mine, mine.token("WORKSPACE:READ_ALL")));
        for (String role : List.of("admin", "guest", "viewer")) {
            holders.add(reader("personal " + role, mine, mine.personalToken(role)));
        }
        holders.add(named("TOKENS", mine, mine.token("TOKENS"), NOTHING, NOTHING));
        holders.add(named("ORG", mine, mine.token("ORG_DATASOURCES:READ"), NOTHING, NOTHING));
        holders.add(named("APPEND", mine, mine.token("DATASOURCES:APPEND:ds1"), NOTHING, NOTHING));
        holders.add(named(
                "CREATE", mine, mine.token("DATASOURCES:CREATE", "PIPES:CREATE", "PIPES:DROP:p1"), NOTHING, NOTHING));
        holders.add(named("ds1", mine, mine.token("DATASOURCES:READ:ds1"), Set.of("ds1"), NOTHING));
        holders.add(named("p1", mine, mine.token("PIPES:READ:p1"), NOTHING, Set.of("p1")));
        holders.add(named("hidden", mine, mine.token("PIPES:READ:hidden"), NOTHING, Set.of("hidden")));
        holders.add(named(
                "ds2 p1", mine, mine.token("DATASOURCES:READ:ds2", "PIPES:READ:p1"), Set.of("ds2"), Set.of("p1")));
        holders.add(named("JWT p1", mine, mine.jwt(pipeScope("p1", "{}")), NOTHING, Set.of("p1")));
        holders.add(named(
                "JWT ds1 by id", mine, mine.jwt(datasource(mine.datasourceId("ds1"), "")), Set.of("ds1"), NOTHING));
        holders.add(new Holder(
                "JWT fixed",
                mine,
                mine.jwt(pipeScope("p1", "{\"kind\":\"open\"}")),
                true,
                false,
                NOTHING,
                Set.of("p1"),
                Set.of("p1")));
        holders.add(new Holder(
                "JWT filter",
                mine,
                mine.jwt(datasource("ds1", "kind = 'open'"), pipeScope("p1", "{}"), pipeScope("hidden", "{}")),
                true,
                false,
                Set.of("ds1"),
                Set.of("p1", "hidden"),
                Set.of("ds1", "p1", "hidden")));
        holders.add(named("JWT without scopes", mine, mine.jwt(), NOTHING, NOTHING));
        String jwt = mine.jwt(pipeScope("p1", "{}"));
        String foreign = neighbour.jwt(pipeScope("p1", "{}"));
        String mixed = jwt.substring(0, jwt.lastIndexOf('.')) + foreign.substring(foreign.lastIndexOf('.'));
        holders.add(nobody("JWT signed by the neighbour", mine, mixed));
        holders.add(nobody("expired JWT", mine, mine.expiredJwt(pipeScope("p1", "{}"))));
        holders.add(nobody("ended membership", mine, mine.personalToken(null)));
        holders.add(nobody("refreshed", mine, mine.refreshedToken("ADMIN")));
        holders.add(nobody("user token", mine, Tenant.userToken()));
        holders.add(nobody("rubbish", mine, "p.eyJ1IjogIjEifQ.AAAA"));
    }

    private static Verdict expected(Cell cell) {
        Holder holder = cell.holder();
        String resource = cell.resource();
        if (!holder.valid()) {
            return new Verdict(403, false);
        }
        if (cell.route() == Route.OPENAPI) {
            return new Verdict(200, false);
        }
        if (cell.route() == Route.EXPLAIN) {
            return new Verdict(holder.all() ? (ENDPOINTS.contains(resource) ? 200 : 404) : 403, false);
        }
        if (cell.route().isEndpoint()) {
            if (!holder.readsPipe(resource)) {
                return new Verdict(403, false);
            }
            return ENDPOINTS.contains(resource) ? new Verdict(200, true) : new Verdict(404, false);
        }
        if (cell.route() == Route.SQL_PIPELINE) {
            if (!holder.readsPipe(resource)) {
                return new Verdict(403, false);
            }
            return PIPES.contains(resource) ? new Verdict(200, true) : new Verdict(404, false);
        }
        if (cell.route() == Route.SQL_QUARANTINE) {
            boolean reads = holder.all() || holder.datasources().contains(resource);
            if (!reads) {
                return new Verdict(403, false);
            }
            return new Verdict(DATASOURCES.contains(resource) ? 200 : 400, false);
        }
        if (!holder.reads(resource)) {
            return new Verdict(403, false);
        }
        return resource.equals("ghost") ? new Verdict(400, false) : new Verdict(200, true);
    }

    private static Reply ask(Cell cell) {
        Holder holder = cell.holder();
        String resource = cell.resource();
        String token = holder.token();
        String endpoint = "/v0/pipes/" + resource;
        return switch (cell.route()) {
            case JSON -> Http.get(endpoint + ".json?kind=%25", token);
            case CSV -> Http.get(endpoint + ".csv", token);
            case NDJSON -> Http.get(endpoint + ".ndjson?token=" + token, "");
            case FORM -> Http.post(endpoint + ".json", token, "kind=%25");
            case BY_ID -> Http.get("/v0/pipes/" + holder.tenant().idOf(resource) + ".json", token);
            case OVER -> Http.get(endpoint + ".json?q=" + Http.encode("SELECT canary FROM _"), token);
            case EXPLAIN -> Http.get(endpoint + "/explain", token);
            case OPENAPI -> Http.get("/v0/pipes/openapi.json", token);
            case SQL -> Http.sql("SELECT * FROM " + resource, token);
            case SQL_POST -> Http.post("/v0/sql", token, "SELECT canary FROM " + resource + " FORMAT CSV");
            case SQL_QUALIFIED ->
                Http.sql("SELECT canary FROM %s.%s".formatted(holder.tenant().name(), resource), token);
            case SQL_SUBQUERY -> Http.sql("SELECT (SELECT groupArray(canary) FROM %s)".formatted(resource), token);
            case SQL_WITH -> Http.sql("WITH x AS (SELECT * FROM %s) SELECT * FROM x".formatted(resource), token);
            case SQL_JOIN -> Http.sql("SELECT canary FROM (SELECT 1 AS one) AS o, " + resource, token);
            case SQL_IN ->
                Http.sql(
                        "SELECT c FROM (SELECT arrayJoin(%s) AS c) WHERE c IN (SELECT canary FROM %s)"
                                .formatted(canaries(holder.tenant()), resource),
                        token);
            case SQL_PIPELINE ->
                Http.get("/v0/sql?pipeline=" + resource + "&q=" + Http.encode("SELECT canary FROM _"), token);
            case SQL_QUARANTINE -> Http.sql("SELECT * FROM %s_quarantine".formatted(resource), token);
            case DRIVER -> driver("/", "SELECT canary FROM " + resource, token);
            case DRIVER_DATABASE ->
                driver("/" + holder.tenant().name(), "SELECT canary FROM " + resource + " FORMAT JSON", token);
        };
    }

    /** Written with a hole in each, so that an error that repeats the statement shows none of them. */
    private static String canaries(Tenant tenant) {
        List<String> written = new ArrayList<>();
        for (String datasource : List.of("ds1", "ds2")) {
            for (String kind : List.of("open", "closed")) {
                written.add("concat('can', '%s')"
                        .formatted(canary(tenant, datasource, kind).substring(3)));
            }
        }
        return written.toString();
    }

    private static Reply driver(String path, String sql, String token) {
        return Http.send(HttpRequest.newBuilder(
                        URI.create(Gateway.shared().clickHouseInterfaceUrl() + path + "?query=" + Http.encode(sql)))
                .header("X-ClickHouse-Key", token)
                .build());
    }

    private static String datasourceOf(String resource) {
        return resource.equals("ds2") || resource.equals("p2") ? "ds2" : "ds1";
    }

    private void check(Cell cell, Queue<String> wrong) {
        Verdict expected = expected(cell);
        Reply reply = ask(cell);
        if (reply.status() != expected.status()) {
            wrong.add("%s: %d instead of %d: %s".formatted(cell, reply.status(), expected.status(), reply.body()));
        }
        for (Tenant tenant : tenants) {
            for (String datasource : DATASOURCES) {
                boolean mine = expected.rows()
                        && tenant.equals(cell.holder().tenant())
                        && datasource.equals(datasourceOf(cell.resource()));
                boolean closed = mine && !cell.holder().restricted().contains(cell.resource());
                if (reply.body().contains(canary(tenant, datasource, "open")) != mine) {
                    wrong.add(cell + (mine ? ": misses " : ": LEAKS ") + canary(tenant, datasource, "open"));
                }
                if (reply.body().contains(canary(tenant, datasource, "closed")) != closed) {
                    wrong.add(cell + (closed ? ": misses " : ": LEAKS ") + canary(tenant, datasource, "closed"));
                }
            }
        }
        if (cell.route() == Route.OPENAPI && reply.status() == 200) {
            boolean listed = reply.body().contains("/" + cell.resource() + ".json");
            boolean callable =
                    ENDPOINTS.contains(cell.resource()) && cell.holder().readsPipe(cell.resource());
            if (listed != callable) {
                wrong.add(cell + (listed ? ": lists what cannot be called" : ": misses an endpoint"));
            }
        }
    }

    @Test
    @DisplayName("at least 2,000 cells answer what their token allows, and no cell shows another's rows")
    void matrix() throws InterruptedException, ExecutionException {
        List<Cell> cells = new ArrayList<>();
        for (Holder holder : holders) {
            for (Route route : Route.values()) {
                RESOURCES.forEach(resource -> cells.add(new Cell(holder, route, resource)));
            }
        }
        assertThat(cells).hasSizeGreaterThan(2_000);
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            List<Future<?>> running = new ArrayList<>();
            cells.forEach(cell -> running.add(clients.submit(() -> check(cell, wrong))));
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    @DisplayName("who may not read a name is not told whether it exists, in words or status")
    void existence() {
        for (Holder holder : holders) {
            for (Route route : Route.values()) {
                boolean asksByName = route != Route.BY_ID && route != Route.OPENAPI;
                if (asksByName && holder.valid() && !holder.all() && !holder.reads("p2") && !holder.reads("ds2")) {
                    String ghost = body(new Cell(holder, route, "ghost"));
                    for (String resource : List.of("p2", "ds2")) {
                        assertThat(body(new Cell(holder, route, resource)))
                                .as(holder.name() + " " + route)
                                .isEqualTo(ghost);
                    }
                }
            }
        }
    }

    private static String body(Cell cell) {
        Reply reply = ask(cell);
        return reply.status() + Objects.requireNonNull(reply.body()).replace(cell.resource(), "X");
    }
}
