package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Events in, rows out. */
interface EventTests {
    Platform platform();

    @Test
    @DisplayName("client-contract 9: wait=true answers 200 with exact counts, and the rows are there at once")
    default void storedWhenAnswered() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());

        Reply answer = workspace.eventsAndWait("orders", ShopProject.orders(0, 1000));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("successful_rows").asInt()).isEqualTo(1000);
        assertThat(answer.json().path("quarantined_rows").asInt()).isZero();
        assertThat(workspace.sqlText("SELECT count(), uniqExact(id), sum(id) FROM orders"))
                .isEqualTo("1000\t1000\t499500");
    }

    @Test
    @DisplayName("client-contract 9: without wait 202 with exact counts, and every row arrives once")
    default void acknowledged() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());

        for (int batch = 0; batch < 20; batch++) {
            Reply answer = workspace.events("orders", ShopProject.orders(batch * 50L, batch * 50L + 50));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
            assertThat(answer.json().path("successful_rows").asInt()).isEqualTo(50);
        }

        await().atMost(Duration.ofSeconds(30))
                .until(() -> workspace.sqlText("SELECT count() FROM orders"), "1000"::equals);
        assertThat(workspace.sqlText("SELECT count(), uniqExact(id), sum(id) FROM orders"))
                .isEqualTo("1000\t1000\t499500");
    }

    @Test
    @DisplayName("client-contract 8 and 9: rows that do not fit are quarantined with reasons, the others are stored")
    default void quarantine() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());
        String bad = "{\"at\":\"2026-01-01 10:00:00\",\"id\":\"seven\",\"product\":\"p\",\"amount\":1}";

        Reply answer =
                workspace.eventsAndWait("orders", ShopProject.order(1) + "\n" + bad + "\n" + ShopProject.order(2));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("successful_rows").asInt()).isEqualTo(2);
        assertThat(answer.json().path("quarantined_rows").asInt()).isEqualTo(1);
        assertThat(workspace.sqlText("SELECT id FROM orders ORDER BY id")).isEqualTo("1\n2");
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> workspace.sqlText("SELECT id, c__error_column FROM orders_quarantine"),
                        "seven\t['id']"::equals);
    }

    @Test
    @DisplayName("a materialized view has the rows when the events are acknowledged with wait=true")
    default void materialized() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());

        workspace.eventsAndWait("orders", ShopProject.orders(0, 100));
        workspace.eventsAndWait("orders", ShopProject.orders(100, 200));

        assertThat(workspace.sqlText(
                        "SELECT product, sum(orders), sum(amount) FROM sales GROUP BY product ORDER BY product"))
                .isEqualTo("p0\t50\t4900\np1\t50\t4950\np2\t50\t5000\np3\t50\t5050");
    }

    @Test
    @DisplayName("client-contract 9: a token of TOKEN lines appends to its data source, and does nothing else")
    default void writersToken() {
        TestWorkspace workspace = TestWorkspace.withShop(platform());
        String writer = workspace.token("shop_writer");

        Reply stored = Http.post(platform().api(), "/v0/events?wait=true&name=orders", writer, ShopProject.order(1));

        assertThat(stored.status()).as(stored.toString()).isEqualTo(200);
        assertThat(Http.post(platform().api(), "/v0/events?name=sales", writer, "{}")
                        .status())
                .isEqualTo(403);
        assertThat(Http.get(platform().api(), "/v0/sql?q=SELECT+1+FROM+orders", writer)
                        .status())
                .isEqualTo(403);
        assertThat(Http.get(platform().api(), "/v0/pipes/top_products.json", writer)
                        .status())
                .isEqualTo(403);
        assertThat(Http.upload(platform().api(), "/v1/deploy", writer, ShopProject.FILES)
                        .status())
                .isEqualTo(403);
        assertThat(workspace.sqlText("SELECT count() FROM orders")).isEqualTo("1");
    }
}
