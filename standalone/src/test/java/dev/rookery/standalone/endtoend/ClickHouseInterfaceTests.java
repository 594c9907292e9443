package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ClickHouse's own protocol. */
interface ClickHouseInterfaceTests {
    Platform platform();

    private Reply query(TestWorkspace workspace, String key, String sql) {
        return Http.send(HttpRequest.newBuilder(platform().clickHouseInterface().resolve("/?query=" + Http.encode(sql)))
                .header("X-ClickHouse-User", workspace.name())
                .header("X-ClickHouse-Key", key));
    }

    @Test
    @DisplayName("CHI-1, client-contract 4: the workspace's tables for its token, in ClickHouse's own formats")
    default void driversQueries() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());
        workspace.eventsAndWait("orders", ShopProject.orders(0, 10));

        Reply count = query(workspace, workspace.token(), "SELECT count(), sum(id) FROM orders");
        assertThat(count.status()).as(count.toString()).isEqualTo(200);
        assertThat(count.body()).isEqualTo("10\t45\n");
        assertThat(query(workspace, workspace.token(), "SELECT version(), timezone()")
                        .body())
                .contains("\t");
        Reply pipe = query(workspace, workspace.token(), "SELECT product FROM top_products LIMIT 1 FORMAT CSV");
        assertThat(pipe.body()).isEqualTo("\"p0\"\n");
    }

    @Test
    @DisplayName("CHI-2: another key opens nothing, and nothing of the API is spoken there")
    default void otherKeys() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());
        TestWorkspace stranger = TestWorkspace.create(platform());

        Reply wrong = query(workspace, "nonsense", "SELECT 1");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.header("X-ClickHouse-Exception-Code")).isEqualTo("516");
        assertThat(query(workspace, stranger.token(), "SELECT count() FROM orders")
                        .status())
                .isNotEqualTo(200);
        assertThat(Http.get(platform().clickHouseInterface(), "/v0/workspaces", workspace.token())
                        .body())
                .doesNotContain("\"workspaces\"");
    }
}
