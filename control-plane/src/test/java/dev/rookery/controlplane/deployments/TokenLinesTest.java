package dev.rookery.controlplane.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.tokens.StaticToken;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import dev.rookery.controlplane.testing.Upload;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** TOKEN lines (TOK-7 to TOK-9). */
class TokenLinesTest {
    private static final String SCHEMA = "SCHEMA >\n    `id` Int32\n";
    private static final String PIPE = "NODE e\nSQL >\n    SELECT id FROM events\n\nTYPE endpoint\n";

    private static Upload project(String datasourceTokens, String pipeTokens) {
        return Upload.of("events.datasource", datasourceTokens + SCHEMA).with("top.pipe", pipeTokens + PIPE);
    }

    private static List<String> scopes(Tenant tenant, String name) {
        return ControlPlane.shared().bean(TokenStore.class).find(tenant.id(), name).stream()
                .map(StaticToken::scopes)
                .flatMap(scopes -> scopes.stream().map(Object::toString))
                .sorted()
                .toList();
    }

    @Test
    @DisplayName("TOK-8 created when live, with the scopes of all files together, and it works")
    void created() {
        Tenant tenant = Tenant.create();
        Upload project = project("TOKEN app READ\nTOKEN \"tracker\" APPEND\n\n", "TOKEN app READ\n\n");

        Reply staged = project.deploy(tenant.adminToken());
        assertThat(tenant.tokenNames()).doesNotContain("app");
        assertThat(staged.at("/deployment/token_changes")
                        .valueStream()
                        .map(change -> change.path("token_name").asString() + " "
                                + change.path("change_type").asString()))
                .containsExactlyInAnyOrder("app new", "tracker new");
        assertThat(staged.at("/deployment/token_changes/0/permission_changes/added_permissions/0")
                        .propertyNames())
                .containsExactlyInAnyOrder("resource_name", "resource_type", "permission");
        Http.post("/v1/deployments/1/set-live", tenant.adminToken());

        assertThat(scopes(tenant, "app")).containsExactly("DATASOURCES:READ:events", "PIPES:READ:top");
        assertThat(scopes(tenant, "tracker")).containsExactly("DATASOURCES:APPEND:events");
        assertThat(Http.get("/v1/workspace", tenant.tokenNamed("app")).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("TOK-9 changed and deleted by the lines alone; a token that stays keeps its text")
    void changedAndDeleted() {
        Tenant tenant = Tenant.create();
        project("TOKEN app READ\nTOKEN tracker APPEND\n\n", "").live(tenant.adminToken());
        String app = tenant.tokenNamed("app");
        String tracker = tenant.tokenNamed("tracker");

        project("", "TOKEN app READ\n\n").live(tenant.adminToken());

        assertThat(tenant.tokenNamed("app")).isEqualTo(app);
        assertThat(scopes(tenant, "app")).containsExactly("PIPES:READ:top");
        assertThat(Http.get("/v1/workspace", tracker).status()).isEqualTo(403);
    }

    @Test
    @DisplayName("TOK-8 a token of the files that somebody deleted comes back")
    void comesBack() {
        Tenant tenant = Tenant.create();
        Upload project = project("TOKEN app READ\n\n", "");
        project.live(tenant.adminToken());
        ControlPlane.shared().inTransaction(() -> {
            var tokens = ControlPlane.shared().bean(TokenStore.class);
            tokens.delete(
                    tenant.id(), tokens.find(tenant.id(), "app").orElseThrow().id());
            return true;
        });

        project.live(tenant.adminToken());

        assertThat(scopes(tenant, "app")).containsExactly("DATASOURCES:READ:events");
    }

    @Test
    @DisplayName("TOK-9 names of tokens that people or the platform made are refused, and those stay as they are")
    void takenNames() {
        Tenant tenant = Tenant.create();
        tenant.namedToken("mine", "TOKENS");

        Reply reply = project("TOKEN mine READ\nTOKEN \"workspace admin token\" READ\n\n", "")
                .deploy(tenant.adminToken());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("/errors/0/error")).contains("events.datasource:1", "'mine'");
        assertThat(reply.text("/errors/1/error")).contains("events.datasource:2", "'workspace admin token'");
        assertThat(reply.text("/deployment/feedback/0/resource")).endsWith(" events.datasource");
        assertThat(scopes(tenant, "mine")).containsExactly("TOKENS");
    }

    @Test
    @DisplayName("TOK-7 a name that is too long is an error of the file")
    void tooLong() {
        Reply reply = project("TOKEN " + "a".repeat(201) + " READ\n\n", "")
                .deploy(Tenant.create().adminToken());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text("/errors/0/error")).startsWith("events.datasource:1");
    }
}
