package dev.rookery.controlplane.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /v1/workspace} (client-contract.md 5 and 17). */
class WorkspaceInfoTest {
    @Nested
    class Returns200 {
        @ParameterizedTest
        @ValueSource(strings = {"/v0/workspace", "/v1/workspace", "/v1/workspace/", "/v1/workspace?from=ts-sdk"})
        @DisplayName("CC-17 exactly six keys, on every spelling of the route")
        void sixKeys(String path) {
            Tenant tenant = Tenant.create();

            Reply reply = Http.get(path, tenant.personalToken(tenant.email()));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().propertyNames())
                    .containsExactlyInAnyOrder("id", "name", "user_id", "user_email", "scope", "main");
            assertThat(reply.text("/id")).isEqualTo(tenant.id().toString());
            assertThat(reply.text("/name")).isEqualTo(tenant.name());
            assertThat(reply.text("/user_email")).isEqualTo(tenant.email());
            assertThat(reply.text("/scope")).isEqualTo("admin");
            assertThat(reply.at("/main").isNull()).isTrue();
        }

        @Test
        @DisplayName("CC-5 the workspace admin token counts as the creator's, with the scope admin")
        void adminToken() {
            Tenant tenant = Tenant.create();

            Reply reply = Http.get("/v1/workspace", tenant.adminToken());

            assertThat(reply.text("/user_email")).isEqualTo(tenant.email());
            assertThat(reply.text("/scope")).isEqualTo("admin");
        }

        @Test
        @DisplayName("CC-5 tokens and members that cannot administer have the scope user")
        void otherScopes() {
            Tenant tenant = Tenant.create();
            String guest = tenant.member("guest");

            assertThat(Http.get("/v1/workspace", tenant.token("TOKENS")).text("/scope"))
                    .isEqualTo("user");
            Reply reply = Http.get("/v1/workspace", tenant.personalToken(guest));
            assertThat(reply.text("/scope")).isEqualTo("user");
            assertThat(reply.text("/user_email")).isEqualTo(guest);
        }

        @Test
        @DisplayName("TOK-2 the token may come as a query parameter")
        void tokenInQuery() {
            Tenant tenant = Tenant.create();

            Reply reply = Http.send(Http.anonymous("/v1/workspace?&token=" + tenant.adminToken()));

            assertThat(reply.status()).isEqualTo(200);
        }
    }

    @Nested
    class Returns403 {
        @Test
        @DisplayName("TOK-6 a user token belongs to no workspace")
        void userToken() {
            Reply reply = Http.get("/v1/workspace", Tenant.create().userToken());

            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.error()).contains("token of the workspace");
        }

        @Test
        @DisplayName("TOK-1 no token, and a token that is none")
        void noToken() {
            assertThat(Http.send(Http.anonymous("/v1/workspace")).status()).isEqualTo(403);
            Reply reply = Http.get("/v1/workspace", "p.eyJ1IjoieCJ9.nonsense");
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.error()).startsWith("Invalid authentication token");
            assertThat(reply.header("content-type")).startsWith("application/json");
        }
    }

    @Nested
    class Returns405 {
        @Test
        @DisplayName("CC-1 the wrong method is answered with the right ones")
        void wrongMethod() {
            Reply reply = Http.post("/v1/workspace", Tenant.create().adminToken());

            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.header("allow")).contains("GET");
            assertThat(reply.error()).isNotBlank();
        }
    }
}
