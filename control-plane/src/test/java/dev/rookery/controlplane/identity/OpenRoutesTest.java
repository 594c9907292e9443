package dev.rookery.controlplane.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What needs no token, or none that is good (client-contract.md 1 and 5). */
class OpenRoutesTest {
    @Nested
    class Auth {
        @Test
        @DisplayName("CC-5 tells of any token whether it is good, and whether it is a person's; always 200")
        void auth() {
            Tenant tenant = Tenant.create();

            check(Http.get("/v0/auth", tenant.userToken()), true, true);
            check(Http.get("/v0/auth", tenant.adminToken()), true, false);
            check(Http.get("/v0/auth", "nonsense"), false, false);
            check(Http.send(Http.anonymous("/v0/auth")), false, false);
        }

        private static void check(Reply reply, boolean valid, boolean user) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.at("/is_valid").asBoolean()).isEqualTo(valid);
            assertThat(reply.at("/is_user").asBoolean()).isEqualTo(user);
            assertThat(reply.json().propertyNames()).containsExactlyInAnyOrder("is_valid", "is_user");
        }
    }

    @Nested
    class Regions {
        @Test
        @DisplayName("CC-5 this installation, without a token")
        void regions() {
            Reply reply = Http.send(Http.anonymous("/v0/regions"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.at("/regions/0").propertyNames())
                    .containsExactlyInAnyOrder("name", "provider", "host", "api_host");
            assertThat(reply.text("/regions/0/api_host")).startsWith("http://127.0.0.1:");
        }

        @Test
        @DisplayName("CC-17 exactly three keys for the Python SDK, and a bad token does no harm")
        void slim() {
            Reply reply = Http.get("/v0/regions?from=python-sdk", "nonsense");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.at("/regions/0").propertyNames())
                    .containsExactlyInAnyOrder("name", "provider", "api_host");
        }
    }

    @Nested
    class Health {
        @Test
        @DisplayName("CC-1.14 alive, without a token; CC-1.13 browsers may ask from any page")
        void health() {
            Reply reply = Http.send(Http.anonymous("/v0/health").header("Origin", "https://example.com"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("access-control-allow-origin")).isEqualTo("*");
        }
    }

    @Nested
    class Organizations {
        @Test
        @DisplayName("ORG-1 members see their organization, others do not learn that it exists")
        void organization() {
            Tenant tenant = Tenant.create();
            String id = Http.get("/v1/user/workspaces", tenant.userToken()).text("/organization_id");

            Reply mine = Http.get("/v0/organizations/" + id, tenant.userToken());
            assertThat(mine.status()).isEqualTo(200);
            assertThat(mine.text("/id")).isEqualTo(id);
            assertThat(Http.get("/v0/organizations/" + id, Tenant.create().userToken())
                            .status())
                    .isEqualTo(404);
            assertThat(Http.get("/v0/organizations/x", tenant.userToken()).status())
                    .isEqualTo(404);
        }
    }

    @Nested
    class Unknown {
        @Test
        @DisplayName("CC-1.7 an unknown route is 404 with an error, for those with a token; never HTML")
        void unknown() {
            Reply reply = Http.get("/v1/nothing/here", Tenant.create().adminToken());

            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.error()).contains("/v1/nothing/here");
            assertThat(Http.send(Http.anonymous("/v1/nothing")).status()).isEqualTo(403);
        }
    }
}
