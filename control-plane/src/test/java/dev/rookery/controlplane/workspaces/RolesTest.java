package dev.rookery.controlplane.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who may call which route (WS-9, TOK-14, TOK-15). */
class RolesTest {
    private static final Upload PROJECT = Upload.datasource("events", "`id` Int32");

    private enum Route {
        BUILD(true),
        DEPLOY(true),
        CHECK(true),
        SET_LIVE(true),
        DISCARD(true),
        LIST(false),
        GET(false),
        JOBS(false);

        private final boolean changes;

        Route(boolean changes) {
            this.changes = changes;
        }

        int call(String token) {
            return switch (this) {
                case BUILD -> PROJECT.build(token).status();
                case DEPLOY -> PROJECT.deploy(token).status();
                case CHECK -> PROJECT.check(token).status();
                case SET_LIVE -> Http.post("/v1/deployments/0/set-live", token).status();
                // What is live cannot be deleted: 400 says that the caller may ask.
                case DISCARD -> Http.delete("/v1/deployments/0", token).status();
                case LIST -> Http.get("/v1/deployments", token).status();
                case GET -> Http.get("/v1/deployments/0", token).status();
                case JOBS -> Http.get("/v0/jobs", token).status();
            };
        }
    }

    @Test
    @DisplayName("WS-9 admins and guests change resources, viewers read them")
    void roles() {
        Tenant tenant = Tenant.create();
        String guest = tenant.personalToken(tenant.member("guest"));
        String viewer = tenant.personalToken(tenant.member("viewer"));
        SoftAssertions softly = new SoftAssertions();
        for (Route route : Route.values()) {
            softly.assertThat(route.call(viewer)).as("viewer %s", route).isEqualTo(route.changes ? 403 : 200);
        }
        for (Route route : List.of(Route.SET_LIVE, Route.DISCARD, Route.LIST, Route.GET, Route.CHECK, Route.JOBS)) {
            softly.assertThat(route.call(guest)).as("guest %s", route).isIn(200, 400);
            softly.assertThat(route.call(tenant.adminToken()))
                    .as("admin %s", route)
                    .isIn(200, 400);
        }
        softly.assertThat(PROJECT.deploy(guest).text("/result")).isEqualTo("success");
        softly.assertThat(PROJECT.build(guest).text("/result")).isEqualTo("success");
        softly.assertAll();
    }

    @Test
    @DisplayName("TOK-15 WORKSPACE:READ_ALL reads; other scopes, user tokens and no token do nothing here")
    void scopes() {
        Tenant tenant = Tenant.create();
        String reader = tenant.token("WORKSPACE:READ_ALL");
        String scoped = tenant.token(
                "TOKENS", "DATASOURCES:CREATE", "DATASOURCES:APPEND:events", "PIPES:CREATE", "PIPES:READ:top");
        SoftAssertions softly = new SoftAssertions();
        for (Route route : Route.values()) {
            softly.assertThat(route.call(reader)).as("reader %s", route).isEqualTo(route.changes ? 403 : 200);
            softly.assertThat(route.call(scoped)).as("scoped %s", route).isEqualTo(403);
            softly.assertThat(route.call(tenant.userToken()))
                    .as("user token %s", route)
                    .isEqualTo(403);
            softly.assertThat(route.call("nonsense")).as("no token %s", route).isEqualTo(403);
        }
        softly.assertAll();
    }

    @Test
    @DisplayName("WS-9 a token speaks of its own workspace only")
    void otherWorkspace() {
        Tenant mine = Tenant.create();
        Tenant other = Tenant.create();
        PROJECT.live(other.adminToken());

        assertThat(Http.get("/v1/deployments", mine.adminToken()).texts("/deployments/0/new_datasource_names"))
                .isEmpty();
        assertThat(Http.get("/v1/deployments/1", mine.adminToken()).status()).isEqualTo(404);
        assertThat(Http.get("/v1/workspaces/" + other.id(), mine.adminToken()).status())
                .isEqualTo(403);
        assertThat(Http.get("/v1/workspaces/" + other.id(), mine.userToken()).status())
                .isEqualTo(403);
        String job = Http.get("/v0/jobs", other.adminToken()).text("/jobs/0/id");
        assertThat(Http.get("/v0/jobs/" + job, mine.adminToken()).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("WS-9 a viewer sees the workspace and its members, and only their own token of it")
    void viewerSees() {
        Tenant tenant = Tenant.create();
        String viewer = tenant.member("viewer");

        var reply = Http.get(
                "/v1/workspaces/" + tenant.name() + "?with_token=true&with_organization=true",
                Tenant.userToken(viewer));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("/role")).isEqualTo("viewer");
        assertThat(reply.text("/token")).isEqualTo(tenant.personalToken(viewer));
        assertThat(reply.at("/members").size()).isEqualTo(2);
        assertThat(reply.at("/organization").propertyNames()).containsExactlyInAnyOrder("id", "name", "domain");
    }
}
