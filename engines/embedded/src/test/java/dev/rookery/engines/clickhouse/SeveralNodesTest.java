package dev.rookery.engines.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.engines.testing.ClickHouseQueries;
import dev.rookery.engines.testing.TestEngines;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ClickHouse nodes")
class SeveralNodesTest {
    @Test
    @DisplayName("run side by side, reach each other, and die alone")
    void sideBySide() {
        try (var first = TestEngines.newClickHouse();
                var second = TestEngines.newClickHouse()) {
            ask(second, "CREATE DATABASE ws_0001");
            ask(second, "CREATE TABLE ws_0001.t ENGINE = MergeTree ORDER BY n AS SELECT 7 AS n");
            var other = second.connection();

            assertThat(ask(
                            first,
                            "SELECT n FROM remote('127.0.0.1:%d', ws_0001.t, 'admin', '%s')"
                                    .formatted(
                                            other.tcpPort().orElseThrow(),
                                            other.users().admin().password())))
                    .isEqualTo("7");

            second.kill();
            assertThat(ask(first, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    @DisplayName("keep their query log over a restart")
    void queryLog() {
        try (var node = TestEngines.newClickHouse()) {
            String logged =
                    "SELECT count() FROM system.query_log WHERE query LIKE '%only_here%' AND type = 'QueryFinish'"
                            + " AND query NOT LIKE '%query_log%'";
            ask(node, "SELECT 'only_here'");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ask(node, logged)).isEqualTo("1"));

            node.restart();

            ask(node, "SELECT 'only_here', 2");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ask(node, logged)).isEqualTo("2"));
        }
    }

    private static String ask(ClickHouseEngine node, String query) {
        var connection = node.connection();
        return ClickHouseQueries.run(connection, connection.users().admin(), "", query);
    }
}
