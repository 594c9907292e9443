package dev.rookery.controlplane.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/workspaces} (client-contract.md 4 and 5). */
class CreateWorkspaceTest {
    private static String newName() {
        return "w_" + UUID.randomUUID().toString().replace("-", "");
    }

    @Nested
    class Returns200 {
        @ParameterizedTest
        @ValueSource(strings = {"/v0/workspaces", "/v1/workspaces", "/v1/workspaces/"})
        @DisplayName("WS-4 a workspace with its admin, its tokens, its deployment 0 and its database")
        void created(String path) {
            String email = Tenant.newEmail();
            String name = newName();

            Reply reply = Http.post(path + "?name=" + name, Tenant.userToken(email));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text("/name")).isEqualTo(name);
            assertThat(reply.text("/role")).isEqualTo("admin");
            assertThat(reply.text("/token")).startsWith("p.e");
            assertThat(reply.text("/members/0/email")).isEqualTo(email);
            assertThat(reply.at("/main").isNull()).isTrue();
            Reply deployments = Http.get("/v1/deployments", reply.text("/token"));
            assertThat(deployments.text("/deployments/0/id")).isEqualTo("0");
            assertThat(deployments.at("/deployments/0/live").asBoolean()).isTrue();
        }

        @Test
        @DisplayName("CC-1.6 the name may come as a form or as JSON, with or without a Content-Type")
        void everyKindOfBody() {
            String token = Tenant.userToken(Tenant.newEmail());

            assertThat(Http.form("POST", "/v1/workspaces", token, "name=" + newName())
                            .status())
                    .isEqualTo(200);
            assertThat(Http.form("POST", "/v0/workspaces", token, "{\"name\": \"%s\"}".formatted(newName()))
                            .status())
                    .isEqualTo(200);
            assertThat(Http.send(Http.request("/v1/workspaces?from=ts-sdk", token)
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofString("name=" + newName())))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        @DisplayName("CC-17 three keys for the Python SDK")
        void slim() {
            Reply reply =
                    Http.post("/v1/workspaces?from=python-sdk&name=" + newName(), Tenant.userToken(Tenant.newEmail()));

            assertThat(reply.json().propertyNames()).containsExactlyInAnyOrder("id", "name", "token");
        }

        @Test
        @DisplayName("ORG-1 the first workspace brings an organization, the second joins it")
        void organization() {
            String token = Tenant.userToken(Tenant.newEmail());
            Reply first = Http.post("/v1/workspaces?name=" + newName(), token);

            Reply second = Http.post(
                    "/v1/workspaces?name=%s&assign_to_organization_id=%s"
                            .formatted(newName(), first.text("/organization/id")),
                    token);

            assertThat(first.text("/organization/id")).isNotBlank();
            assertThat(second.text("/organization/id")).isEqualTo(first.text("/organization/id"));
        }

        @Test
        @DisplayName("ORG-3 the first workspaces of a person at the same time make one organization")
        void atOnce() throws Exception {
            String token = Tenant.userToken(Tenant.newEmail());
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var calls = IntStream.range(0, 3)
                        .<Callable<String>>mapToObj(n -> () -> Http.post("/v1/workspaces?name=" + newName(), token)
                                .text("/organization/id"))
                        .toList();
                assertThat(threads.invokeAll(calls).stream().map(future -> future.resultNow()))
                        .doesNotContain("")
                        .containsOnly(Http.get("/v1/user/workspaces", token).text("/organization_id"));
            }
        }

        @Test
        @DisplayName("ORG-9 the organization of the person's e-mail domain")
        void domain() {
            String domain = UUID.randomUUID() + ".example";
            UUID organization = UUID.randomUUID();
            ControlPlane.shared()
                    .jdbc()
                    .sql("insert into organizations (id, name, domain) values (:id, 'domain', :domain)")
                    .param("id", organization)
                    .param("domain", domain)
                    .update();

            Reply reply = Http.post("/v1/workspaces?name=" + newName(), Tenant.userToken("somebody@" + domain));

            assertThat(reply.text("/organization/id")).isEqualTo(organization.toString());
        }

        @Test
        @DisplayName("WS-5 the name of a deleted workspace is free again")
        void nameOfDeleted() {
            Tenant tenant = Tenant.create();
            Http.delete("/v1/workspaces/" + tenant.id() + "?hard_delete_confirmation=yes", tenant.userToken());

            Reply reply = Http.post("/v1/workspaces?name=" + tenant.name(), tenant.userToken());

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text("/id")).isNotEqualTo(tenant.id().toString());
        }
    }

    @Nested
    class Returns400 {
        @ParameterizedTest
        @ValueSource(strings = {"", "1a", "a-b", "a b", "a.b", "a`b", "ä", "a'; DROP"})
        @DisplayName("WS-11 a name that SQL could not write")
        void badName(String name) {
            Reply reply = Http.post("/v1/workspaces?name=" + Http.encode(name), Tenant.userToken(Tenant.newEmail()));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.error()).contains("name");
        }

        @Test
        @DisplayName("WS-11 a name that is too long, an organization that is no id")
        void tooLong() {
            String token = Tenant.userToken(Tenant.newEmail());

            assertThat(Http.post("/v1/workspaces?name=" + "a".repeat(256), token)
                            .status())
                    .isEqualTo(400);
            assertThat(Http.post("/v1/workspaces?name=%s&assign_to_organization_id=x".formatted(newName()), token)
                            .error())
                    .contains("'x'");
        }
    }

    @Nested
    class Returns403 {
        @Test
        @DisplayName("ORG-1 somebody else's organization")
        void foreignOrganization() {
            String other = Http.post("/v1/workspaces?name=" + newName(), Tenant.userToken(Tenant.newEmail()))
                    .text("/organization/id");
            String name = newName();
            String token = Tenant.userToken(Tenant.newEmail());

            Reply reply =
                    Http.post("/v1/workspaces?name=%s&assign_to_organization_id=%s".formatted(name, other), token);

            assertThat(reply.status()).isEqualTo(403);
            assertThat(Http.get("/v1/user/workspaces", token).at("/workspaces").size())
                    .isZero();
        }

        @Test
        @DisplayName("TOK-6 only a user token: no workspace token, and no personal token of a workspace")
        void workspaceToken() {
            Tenant tenant = Tenant.create();

            for (String token : new String[] {tenant.adminToken(), tenant.personalToken(tenant.email())}) {
                Reply reply = Http.post("/v1/workspaces?name=" + newName(), token);
                assertThat(reply.status()).isEqualTo(403);
                assertThat(reply.error()).contains("user token");
            }
        }
    }

    @Nested
    class Returns409 {
        @Test
        @DisplayName("WS-4 a name that is taken, whoever has it")
        void duplicate() {
            Tenant tenant = Tenant.create();

            Reply reply = Http.post("/v1/workspaces?name=" + tenant.name(), Tenant.userToken(Tenant.newEmail()));

            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.error()).contains(tenant.name());
        }

        @Test
        @DisplayName("WS-4 of many at once one gets the name, and nobody sees an error of ours")
        void race() throws Exception {
            String name = newName();
            String token = Tenant.userToken(Tenant.newEmail());
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var calls = IntStream.range(0, 6)
                        .<Callable<Integer>>mapToObj(n -> () ->
                                Http.post("/v1/workspaces?name=" + name, token).status())
                        .toList();
                var statuses = threads.invokeAll(calls).stream()
                        .map(future -> future.resultNow())
                        .sorted()
                        .toList();
                assertThat(statuses).containsExactly(200, 409, 409, 409, 409, 409);
            }
        }
    }
}
