package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.tokens.TokenStore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One tenant against another. */
interface IsolationTests {
    Platform platform();

    @Test
    @DisplayName("a workspace cannot read, write, deploy to or list anything of another's")
    default void otherWorkspace() {
        TestWorkspace victim = TestWorkspace.withShop(platform());
        victim.eventsAndWait("orders", ShopProject.orders(0, 10));
        TestWorkspace stranger = TestWorkspace.create(platform());

        assertThat(stranger.get("/v0/pipes/top_products.json").status()).isEqualTo(404);
        assertThat(stranger.events("orders", ShopProject.order(99)).status()).isEqualTo(404);
        for (String sql : new String[] {
            "SELECT count() FROM orders",
            "SELECT count() FROM %s.orders".formatted(victim.name()),
            "SELECT name FROM system.tables",
            "SELECT * FROM remote('localhost', system.one)",
            "SELECT * FROM merge('.*', '.*')",
        }) {
            Reply answer = stranger.sql(sql);
            assertThat(answer.status()).as(sql + ": " + answer).isBetween(400, 404);
            assertThat(answer.error()).as(sql).isNotEmpty();
        }
        assertThat(stranger.get("/v1/deployments")
                        .json()
                        .path("deployments")
                        .valueStream()
                        .flatMap(item -> item.path("new_datasource_names").valueStream()))
                .isEmpty();
        // The workspaces' own token: a member's would be allowed what the person is allowed.
        String nobodys = stranger.token(TokenStore.WORKSPACE_ADMIN_NAME);
        String path = "/v1/workspaces/" + victim.id();
        assertThat(Http.get(platform().api(), path, nobodys).status()).isEqualTo(403);
        assertThat(Http.method("DELETE", platform().api(), path + "?hard_delete_confirmation=yes", nobodys)
                        .status())
                .isEqualTo(403);
        assertThat(victim.sqlText("SELECT count() FROM orders")).isEqualTo("10");
    }

    @Test
    @DisplayName("two workspaces with the same names have each their own rows")
    default void sameNames() {
        TestWorkspace one = TestWorkspace.withShop(platform());
        TestWorkspace other = TestWorkspace.withShop(platform());

        one.eventsAndWait("orders", ShopProject.orders(0, 10));
        other.eventsAndWait("orders", ShopProject.orders(100, 103));

        assertThat(one.sqlText("SELECT count(), max(id) FROM orders")).isEqualTo("10\t9");
        assertThat(other.sqlText("SELECT count(), max(id) FROM orders")).isEqualTo("3\t102");
        assertThat(other.get("/v0/pipes/top_products.json").json().path("rows").asInt())
                .isEqualTo(3);
    }
}
