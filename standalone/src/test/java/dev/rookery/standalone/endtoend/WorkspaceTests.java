package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Workspaces and who one is in them. */
interface WorkspaceTests {
    Platform platform();

    @Test
    @DisplayName("client-contract 4: a workspace is created with the user token, and its own token opens it at once")
    default void createsWorkspace() {
        TestWorkspace workspace = TestWorkspace.create(platform());

        assertThat(workspace.token()).startsWith("p.e");
        JsonNode current = workspace.get("/v1/workspace").json();
        assertThat(current.path("id").asString()).isEqualTo(workspace.id());
        assertThat(current.path("name").asString()).isEqualTo(workspace.name());
        assertThat(current.path("scope").asString()).isEqualTo("admin");
        assertThat(current.propertyNames())
                .containsExactlyInAnyOrder("id", "name", "user_id", "user_email", "scope", "main");

        JsonNode mine = Http.get(
                        platform().api(),
                        "/v1/user/workspaces/?with_organization=true",
                        platform().userToken())
                .json();
        assertThat(mine.path("workspaces")
                        .valueStream()
                        .filter(item -> item.path("name").asString().equals(workspace.name())))
                .singleElement()
                .satisfies(item -> assertThat(item.path("token").asString()).isEqualTo(workspace.token()));
    }

    @Test
    @DisplayName("client-contract 1 rule 14, 5: health, regions and the validity of a token are told to anybody")
    default void openPaths() {
        TestWorkspace workspace = TestWorkspace.create(platform());

        assertThat(Http.get(platform().api(), "/v0/health", "none").status()).isEqualTo(200);
        assertThat(Http.get(platform().api(), "/v0/regions", "none")
                        .json()
                        .path("regions")
                        .isArray())
                .isTrue();
        JsonNode unknown = Http.get(platform().api(), "/v0/auth", "none").json();
        assertThat(unknown.path("is_valid").asBoolean()).isFalse();
        JsonNode tenant = workspace.get("/v0/auth").json();
        assertThat(tenant.path("is_valid").asBoolean()).isTrue();
        assertThat(tenant.path("is_user").asBoolean()).isFalse();
        JsonNode person =
                Http.get(platform().api(), "/v0/auth", platform().userToken()).json();
        assertThat(person.path("is_user").asBoolean()).isTrue();
    }

    @Test
    @DisplayName("client-contract 5: a deleted workspace is gone, and so is what its token opened")
    default void deletesWorkspace() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());
        String path = "/v1/workspaces/" + workspace.id();

        assertThat(Http.method("DELETE", platform().api(), path, platform().userToken())
                        .status())
                .isEqualTo(400);
        Reply deleted = Http.method(
                "DELETE",
                platform().api(),
                path + "?hard_delete_confirmation=yes",
                platform().userToken());

        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(200);
        assertThat(workspace.get("/v1/workspace").status()).isEqualTo(403);
        assertThat(workspace.sql("SELECT count() FROM orders").status()).isEqualTo(403);
        assertThat(workspace.events("orders", ShopProject.order(1)).status()).isEqualTo(403);
    }
}
