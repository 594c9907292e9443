package dev.rookery.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.access.jwt.JwtSigner;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every kind of token on the control-plane's routes, for workspaces of its own, of its organization and of a stranger. What
 * must happen is worked out from what the documents say. Calls that change something are made so that whoever may make
 * them is told 400.
 */
@DisplayName("Route × token × workspace")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationMatrixTest {
    private final List<Holder> holders = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    /** A workspace with what must not be seen from outside. */
    private record Place(Tenant tenant, String tokenId, String adminTokenId, String job, String canary) {}

    /** What somebody may do in their own workspace, or as a person. */
    private enum Power {
        ADMIN,
        PERSONAL_ADMIN,
        PERSONAL_GUEST,
        PERSONAL_VIEWER,
        READ_ALL,
        TOKENS,
        NARROW,
        /** The user token of the person to whom all three workspaces but the stranger's belong. */
        OWNER,
        STRANGER,
        NOBODY;

        boolean managesTokens() {
            return Set.of(ADMIN, PERSONAL_ADMIN, PERSONAL_GUEST, TOKENS).contains(this);
        }

        boolean administers() {
            return this == ADMIN || this == PERSONAL_ADMIN;
        }

        boolean managesResources() {
            return administers() || this == PERSONAL_GUEST;
        }

        boolean reads() {
            return managesResources() || this == PERSONAL_VIEWER || this == READ_ALL;
        }

        boolean isPersonal() {
            return Set.of(PERSONAL_ADMIN, PERSONAL_GUEST, PERSONAL_VIEWER).contains(this);
        }

        boolean isPerson() {
            return this == OWNER || this == STRANGER;
        }
    }

    /** @param home where the token belongs; null for a user token */
    private record Holder(
            String name,
            String token,
            Power power,
            @Nullable Place home) {
        boolean isOf(Place place) {
            return place.equals(home);
        }
    }

    private enum Route {
        TOKEN_LIST,
        TOKEN_CREATE,
        JWT_CREATE,
        WORKSPACE,
        DEPLOYMENTS,
        DEPLOY_CHECK,
        TRUNCATE,
        DELETE_ROWS,
        JOBS,
        MY_WORKSPACES,
        TOKEN_GET,
        TOKEN_TEXT,
        TOKEN_PUT,
        TOKEN_DELETE,
        TOKEN_REFRESH,
        WORKSPACE_GET,
        WORKSPACE_DELETE,
        MEMBERS_PUT,
        JOB_GET;

        boolean hasTarget() {
            return compareTo(TOKEN_GET) >= 0;
        }
    }

    private record Cell(Holder holder, Route route, Place target) {
        @Override
        public String toString() {
            return "%s %s %s".formatted(holder.name(), route, target.tenant().name());
        }
    }

    @BeforeAll
    void workspaces() {
        Tenant mine = Tenant.create();
        for (Tenant tenant : List.of(mine, mine.neighbour(), Tenant.create())) {
            places.add(place(tenant));
        }
        Place home = places.getFirst();
        holders.add(new Holder("admin token", mine.adminToken(), Power.ADMIN, home));
        holders.add(new Holder("ADMIN", mine.token("ADMIN"), Power.ADMIN, home));
        holders.add(new Holder("owner's", mine.personalToken(mine.email()), Power.PERSONAL_ADMIN, home));
        holders.add(new Holder("guest", mine.personalToken(mine.member("guest")), Power.PERSONAL_GUEST, home));
        holders.add(new Holder("viewer", mine.personalToken(mine.member("viewer")), Power.PERSONAL_VIEWER, home));
        holders.add(new Holder("READ_ALL", mine.token("WORKSPACE:READ_ALL"), Power.READ_ALL, home));
        holders.add(new Holder("TOKENS", mine.token("TOKENS"), Power.TOKENS, home));
        for (String scope : List.of(
                "PIPES:READ:p", "DATASOURCES:READ:d", "DATASOURCES:APPEND:d", "DATASOURCES:CREATE", "PIPES:DROP:p")) {
            holders.add(new Holder(scope, mine.token(scope), Power.NARROW, home));
        }
        holders.add(new Holder("user token", mine.userToken(), Power.OWNER, null));
        holders.add(new Holder("stranger", places.getLast().tenant().userToken(), Power.STRANGER, null));
        holders.add(new Holder("JWT", jwt(mine, 600), Power.NOBODY, home));
        holders.add(new Holder("expired JWT", jwt(mine, -600), Power.NOBODY, home));
        holders.add(new Holder("rubbish", "p.eyJ1IjogIjEifQ.AAAA", Power.NOBODY, home));
        String deleted = mine.namedToken("deleted", "ADMIN");
        Http.delete("/v0/tokens/deleted", mine.adminToken());
        holders.add(new Holder("deleted", deleted, Power.NOBODY, home));
        String member = mine.member("admin");
        String ended = mine.personalToken(member);
        Http.form(
                "PUT",
                "/v0/workspaces/" + mine.id() + "/users",
                mine.userToken(),
                "operation=remove&users=" + Http.encode(member));
        holders.add(new Holder("ended membership", ended, Power.NOBODY, home));
        for (Place other : places.subList(1, places.size())) {
            String name = other.tenant().name();
            holders.add(new Holder("admin of " + name, other.tenant().adminToken(), Power.ADMIN, other));
            holders.add(
                    new Holder("reader of " + name, other.tenant().token("WORKSPACE:READ_ALL"), Power.READ_ALL, other));
            holders.add(new Holder("tokens of " + name, other.tenant().token("TOKENS"), Power.TOKENS, other));
        }
    }

    private static Place place(Tenant tenant) {
        Upload.datasource("ds_" + tenant.name(), "`id` Int32").live(tenant.adminToken());
        String canary = "canary_" + tenant.name();
        tenant.namedToken(canary, "PIPES:READ:p");
        var tokens = ControlPlane.shared().bean(TokenStore.class);
        return new Place(
                tenant,
                tokens.find(tenant.id(), canary).orElseThrow().id().toString(),
                tokens.find(tenant.id(), TokenStore.WORKSPACE_ADMIN_NAME)
                        .orElseThrow()
                        .id()
                        .toString(),
                Http.get("/v0/jobs", tenant.adminToken()).text("/jobs/0/id"),
                canary);
    }

    private static String jwt(Tenant tenant, long seconds) {
        return JwtSigner.sign(
                Map.of(
                        "workspace_id",
                        tenant.id().toString(),
                        "name",
                        "frontend",
                        "exp",
                        Instant.now().getEpochSecond() + seconds,
                        "scopes",
                        List.of(Map.of("type", "PIPES:READ", "resource", "p"))),
                tenant.adminToken().getBytes(StandardCharsets.UTF_8));
    }

    private static int allowed(boolean allowed, int status) {
        return allowed ? status : 403;
    }

    private int expected(Cell cell) {
        Power power = cell.holder().power();
        if (power == Power.NOBODY) {
            return 403;
        }
        boolean own = cell.holder().isOf(cell.target());
        boolean ownersPlace = !cell.target().equals(places.getLast());
        boolean ofOwner = (power == Power.OWNER && ownersPlace) || (power == Power.STRANGER && !ownersPlace);
        return switch (cell.route()) {
            case TOKEN_LIST -> allowed(power.managesTokens(), 200);
            case TOKEN_CREATE, JWT_CREATE -> allowed(power.managesTokens(), 400);
            case WORKSPACE -> allowed(!power.isPerson(), 200);
            case DEPLOYMENTS, JOBS -> allowed(power.reads(), 200);
            case DEPLOY_CHECK -> allowed(power.managesResources(), 400);
            case TRUNCATE -> allowed(power.managesResources(), 404);
            case DELETE_ROWS -> allowed(power.managesResources(), 400);
            case MY_WORKSPACES -> allowed(power.isPerson() || power.isPersonal(), 200);
            case TOKEN_GET, TOKEN_TEXT -> allowed(own && power.managesTokens(), 200);
            case TOKEN_PUT -> allowed(power.managesTokens(), own ? 400 : 404);
            case TOKEN_DELETE -> allowed(power.managesTokens() && (!own || power.administers()), own ? 400 : 404);
            case TOKEN_REFRESH -> allowed(power.managesTokens() && !own, 404);
            // A personal token also speaks for its person, who may look into all of their workspaces.
            case WORKSPACE_GET ->
                allowed((own && power.reads()) || ofOwner || (power == Power.PERSONAL_ADMIN && ownersPlace), 200);
            case WORKSPACE_DELETE, MEMBERS_PUT -> allowed((own && power.administers()) || ofOwner, 400);
            // Whoever was told a job's id may follow it.
            case JOB_GET -> allowed(!power.isPerson(), own ? 200 : 404);
        };
    }

    private static Reply ask(Cell cell) {
        String token = cell.holder().token();
        Place target = cell.target();
        String workspace = "/v1/workspaces/" + target.tenant().id();
        return switch (cell.route()) {
            case TOKEN_LIST -> Http.get("/v0/tokens", token);
            case TOKEN_CREATE -> Http.post("/v0/tokens?name=x&scope=NONSENSE", token);
            case JWT_CREATE -> Http.post("/v0/tokens?name=x&expiration_time=1", token);
            case WORKSPACE -> Http.get("/v1/workspace", token);
            case DEPLOYMENTS -> Http.get("/v1/deployments", token);
            case DEPLOY_CHECK -> Upload.empty().check(token);
            case TRUNCATE -> Http.post("/v0/datasources/nothing/truncate", token);
            case DELETE_ROWS -> Http.post("/v0/datasources/nothing/delete", token);
            case JOBS -> Http.get("/v0/jobs", token);
            case MY_WORKSPACES -> Http.get("/v1/user/workspaces", token);
            case TOKEN_GET -> Http.get("/v0/tokens/" + target.tokenId(), token);
            case TOKEN_TEXT -> Http.get("/v0/tokens/" + target.tokenId() + ".token", token);
            case TOKEN_PUT -> Http.form("PUT", "/v0/tokens/" + target.tokenId(), token, "scope=NONSENSE");
            case TOKEN_DELETE -> Http.delete("/v0/tokens/" + target.adminTokenId(), token);
            case TOKEN_REFRESH -> Http.post("/v0/tokens/" + target.adminTokenId() + "/refresh", token);
            case WORKSPACE_GET -> Http.get(workspace, token);
            case WORKSPACE_DELETE -> Http.delete(workspace, token);
            case MEMBERS_PUT ->
                Http.form("PUT", workspace.replace("v1", "v0") + "/users", token, "operation=nonsense&users=a@b.c");
            case JOB_GET -> Http.get("/v0/jobs/" + target.job(), token);
        };
    }

    private void check(Cell cell, Queue<String> wrong) {
        int expected = expected(cell);
        Reply reply = ask(cell);
        if (reply.status() != expected) {
            wrong.add("%s: %d instead of %d: %s".formatted(cell, reply.status(), expected, reply.body()));
        }
        for (Place place : places) {
            boolean mayShow = cell.holder().isOf(place) && cell.holder().power() != Power.NOBODY;
            boolean shows = reply.body().contains(place.canary())
                    || reply.body().contains(place.tenant().adminToken())
                    || reply.body().contains("ds_" + place.tenant().name());
            if (shows && !mayShow) {
                wrong.add(cell + ": LEAKS something of " + place.tenant().name() + ": " + reply.body());
            }
        }
    }

    @Test
    @DisplayName("at least 700 cells answer what their token allows, and none shows another workspace")
    void matrix() throws InterruptedException, ExecutionException {
        List<Cell> cells = new ArrayList<>();
        for (Holder holder : holders) {
            for (Route route : Route.values()) {
                Place home = Objects.requireNonNullElse(holder.home(), places.getFirst());
                for (Place target : route.hasTarget() ? places : List.of(home)) {
                    boolean wouldRefresh = route == Route.TOKEN_REFRESH
                            && holder.isOf(target)
                            && holder.power().administers();
                    if (!wouldRefresh) {
                        cells.add(new Cell(holder, route, target));
                    }
                }
            }
        }
        assertThat(cells).hasSizeGreaterThan(700);
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        try (var clients = Executors.newFixedThreadPool(6)) {
            List<Future<?>> running = new ArrayList<>();
            cells.forEach(cell -> running.add(clients.submit(() -> check(cell, wrong))));
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThat(wrong).isEmpty();
    }
}
