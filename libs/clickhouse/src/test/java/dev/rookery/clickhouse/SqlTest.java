package dev.rookery.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.clusters.ClusterCredential;
import dev.rookery.engines.testing.TestEngines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Quoting of our own statements")
class SqlTest {
    @Test
    @DisplayName("ClickHouse reads every literal and identifier as what it was")
    void roundTrip() {
        var server = TestEngines.clickHouse();
        var admin = server.users().admin();
        try (var http = new ClickHouseHttp(1, Duration.ofSeconds(30))) {
            for (String text : new String[] {
                "plain",
                "it's",
                "back\\slash",
                "\\'",
                "`tick`",
                "\"double\"",
                "new\nline",
                "tab\t",
                "\\n",
                "’curly‘",
                "x\\"
            }) {
                String answer = http.text(
                        server.http(),
                        new ClusterCredential(admin.user(), admin.password()),
                        ClickHouseRequest.of("SELECT hex(%s)".formatted(Sql.literal(text))));
                assertThat(answer)
                        .isEqualTo(HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8)));
                assertThat(http.text(
                                server.http(),
                                new ClusterCredential(admin.user(), admin.password()),
                                ClickHouseRequest.of("SELECT %s FROM (SELECT 7 AS %s)"
                                        .formatted(Sql.identifier(text), Sql.identifier(text)))))
                        .isEqualTo("7");
            }
        }
        assertThat(Sql.table("d", "t")).isEqualTo("`d`.`t`");
    }
}
