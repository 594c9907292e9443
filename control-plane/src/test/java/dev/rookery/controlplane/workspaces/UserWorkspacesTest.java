package dev.rookery.controlplane.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /v1/user/workspaces} (client-contract.md 4, 5 and 17). */
class UserWorkspacesTest {
    @Nested
    class Returns200 {
        @ParameterizedTest
        @ValueSource(strings = {"/v0/user/workspaces", "/v1/user/workspaces", "/v0/user/workspaces/"})
        @DisplayName("WS-3 every workspace of the person, with all that clients read")
        void list(String path) {
            Tenant tenant = Tenant.create();
            Tenant.create();

            Reply reply = Http.get(path + "?with_organization=true", tenant.userToken());

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text("/id")).isNotBlank();
            assertThat(reply.at("/workspaces").size()).isEqualTo(1);
            assertThat(reply.at("/workspaces/0").propertyNames())
                    .containsExactlyInAnyOrder(
                            "id", "name", "token", "role", "plan", "is_branch", "main", "members", "organization");
            assertThat(reply.text("/workspaces/0/token")).isEqualTo(tenant.personalToken(tenant.email()));
            assertThat(reply.at("/workspaces/0/main").isNull()).isTrue();
            assertThat(reply.at("/workspaces/0/is_branch").isBoolean()).isTrue();
            assertThat(reply.text("/organization_id")).isEqualTo(reply.text("/workspaces/0/organization/id"));
        }

        @Test
        @DisplayName("CC-17 exactly three keys for the Python SDK")
        void slim() {
            Reply reply = Http.get(
                    "/v1/user/workspaces?from=python-sdk", Tenant.create().userToken());

            assertThat(reply.at("/workspaces/0").propertyNames()).containsExactlyInAnyOrder("id", "name", "token");
        }

        @Test
        @DisplayName("CC-5 works with a personal token of a workspace, in the query")
        void personalToken() {
            Tenant tenant = Tenant.create();

            Reply reply =
                    Http.send(Http.anonymous("/v1/user/workspaces?token=" + tenant.personalToken(tenant.email())));

            assertThat(reply.text("/workspaces/0/name")).isEqualTo(tenant.name());
        }

        @Test
        @DisplayName("WS-3 an empty list and no organization for a new person")
        void nothing() {
            Reply reply = Http.get("/v1/user/workspaces", Tenant.userToken(Tenant.newEmail()));

            assertThat(reply.at("/workspaces").isArray()).isTrue();
            assertThat(reply.at("/workspaces").size()).isZero();
            assertThat(reply.at("/organization_id").isNull()).isTrue();
        }
    }

    @Nested
    class Returns403 {
        @Test
        @DisplayName("TOK-4 nobody in person stands behind the workspace admin token")
        void adminToken() {
            Reply reply = Http.get("/v1/user/workspaces", Tenant.create().adminToken());

            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.error()).contains("user token");
        }
    }
}
