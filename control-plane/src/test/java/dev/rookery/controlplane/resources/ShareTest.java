package dev.rookery.controlplane.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.WorkspaceId;
import dev.rookery.catalog.changes.ChangeLog;
import dev.rookery.catalog.tokens.Scope;
import dev.rookery.catalog.tokens.TokenOrigin;
import dev.rookery.catalog.tokens.TokenStore;
import dev.rookery.controlplane.testing.ControlPlane;
import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Http.Reply;
import dev.rookery.controlplane.testing.Tenant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** POST and DELETE /v0/datasources/{name}/share (client-contract.md 8, SHR rows). */
class ShareTest {
    private final Tenant owner = Shop.open();
    private final String readerId;
    private final String readerToken;

    ShareTest() {
        Reply made = Http.post("/v1/workspaces?name=" + owner.name() + "_reader", owner.userToken());
        readerId = made.text("/id");
        readerToken = made.text("/token");
    }

    private Reply share(String method, String datasource, String token, String destination) {
        return Http.form(
                method,
                "/v0/datasources/" + datasource + "/share",
                token,
                "origin_workspace_id=" + owner.id() + "&destination_workspace_id=" + destination);
    }

    private static List<String> names(String token) {
        return Http.get("/v0/datasources", token)
                .at("/datasources")
                .valueStream()
                .map(item -> item.path("name").asString())
                .toList();
    }

    @Test
    @DisplayName("SHR-1: listed on both sides at once, with the rows of the original; gone when it is ended")
    void shared() {
        String id = Http.get("/v0/datasources/orders", owner.adminToken()).text("/id");
        String name = owner.name() + ".orders";

        Reply reply = share("POST", id, owner.userToken(), readerId);

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.texts("/shared_with")).containsExactly(readerId);
        assertThat(Http.get("/v0/datasources/orders", owner.adminToken()).texts("/shared_with"))
                .containsExactly(readerId);
        assertThat(names(readerToken)).containsExactly(name);
        owner.insert("orders", "SELECT now(), number, 'x' FROM numbers(7)");
        JsonNode listed = Http.get("/v0/datasources", readerToken).at("/datasources/0");
        assertThat(listed.path("shared_from").asString()).isEqualTo(owner.id().toString());
        assertThat(listed.at("/statistics/row_count").asInt()).isEqualTo(7);
        Reply detail = Http.get("/v0/datasources/" + name, readerToken);
        assertThat(detail.text("/id")).isEqualTo(id);
        assertThat(detail.text("/name")).isEqualTo(name);
        assertThat(Http.get("/v0/datasources/" + id, readerToken).json()).isEqualTo(detail.json());

        assertThat(share("DELETE", "orders", owner.userToken(), readerId).status())
                .isEqualTo(200);

        assertThat(names(readerToken)).isEmpty();
        assertThat(Http.get("/v0/datasources/" + name, readerToken).status()).isEqualTo(404);
        assertThat(share("DELETE", "orders", owner.userToken(), readerId).status())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("SHR-4: the vendored file says what rows are like, and nothing of who writes and reads them")
    void vendored() {
        share("POST", "orders", owner.userToken(), readerId);
        String path = "/v0/datasources/" + owner.name() + ".orders";

        Reply file = Http.get(path + ".datasource", readerToken);

        assertThat(file.header("Content-Type")).isEqualTo("text/plain");
        assertThat(file.body())
                .contains("`id` UInt64 `json:$.id`", "ENGINE_SORTING_KEY", "Orders of the shop")
                .doesNotContain("TOKEN", "shop writer", "every order");
        assertThat(Http.get(path + "?format=datasource", readerToken).body()).isEqualTo(file.body());
    }

    @Test
    @DisplayName("SHR-1, E-2: what the owner deploys is seen by the reader at once, and a deletion too")
    void follows() {
        share("POST", "counts", owner.userToken(), readerId);
        String path = "/v0/datasources/" + owner.name() + ".counts";
        assertThat(Http.get(path, readerToken).text("/description")).isEmpty();

        Shop.PROJECT
                .with("datasources/counts.datasource", "DESCRIPTION >\n    By day\n\n" + Shop.COUNTS)
                .live(owner.adminToken());

        assertThat(Http.get(path, readerToken).text("/description")).isEqualTo("By day");
    }

    @Test
    @DisplayName("SHR-2: read-only, and only the original can be shared")
    void restrictions() {
        share("POST", "orders", owner.userToken(), readerId);

        Reply again = Http.form(
                "POST",
                "/v0/datasources/" + owner.name() + ".orders/share",
                owner.userToken(),
                "origin_workspace_id=" + readerId + "&destination_workspace_id=" + owner.id());
        assertThat(again.status()).isEqualTo(404);
        assertThat(share("POST", "orders", owner.userToken(), owner.id().toString())
                        .status())
                .isEqualTo(400);
        assertThat(share("POST", "missing", owner.userToken(), readerId).status())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("SHR-1: by a person who administers both, within one organization")
    void whoMay() {
        Tenant stranger = Tenant.create();
        String guest = owner.member("guest");

        assertThat(share("POST", "orders", owner.adminToken(), readerId).status())
                .isEqualTo(403);
        assertThat(share("POST", "orders", stranger.userToken(), stranger.id().toString())
                        .status())
                .isEqualTo(403);
        assertThat(share("POST", "orders", Tenant.userToken(guest), readerId).status())
                .isEqualTo(403);
        assertThat(share("POST", "orders", owner.userToken(), stranger.id().toString())
                        .status())
                .isEqualTo(403);
        String both = stranger.member("admin");
        Http.form(
                "PUT",
                "/v0/workspaces/" + owner.id() + "/users/",
                owner.userToken(),
                "operation=add&users=" + Http.encode(both) + "&role=admin");
        Reply other =
                share("POST", "orders", Tenant.userToken(both), stranger.id().toString());
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.error()).contains("same organization");
        assertThat(names(readerToken)).isEmpty();
    }

    @Test
    @DisplayName("TOK-10: in the reading workspace a scope names it with its owner, and the owner knows no such name")
    void scopes() {
        share("POST", "orders", owner.userToken(), readerId);
        String name = owner.name() + ".orders";
        String scoped = token("DATASOURCES:READ:" + name);
        String other = token("DATASOURCES:READ:orders");

        assertThat(names(scoped)).containsExactly(name);
        assertThat(Http.get("/v0/datasources/" + name, scoped).status()).isEqualTo(200);
        assertThat(names(other)).isEmpty();
        assertThat(Http.get("/v0/datasources/" + name + ".datasource", other).status())
                .isEqualTo(403);
        assertThat(Http.get("/v0/datasources/" + name, owner.adminToken()).status())
                .isEqualTo(404);
    }

    private String token(String scope) {
        var plane = ControlPlane.shared();
        var tokens = plane.bean(TokenStore.class);
        return tokens.text(plane.bean(ChangeLog.class)
                .commitAndAwait(() -> tokens.create(
                        WorkspaceId.parse(readerId), null, scope, "", TokenOrigin.USER, List.of(Scope.parse(scope)))));
    }
}
