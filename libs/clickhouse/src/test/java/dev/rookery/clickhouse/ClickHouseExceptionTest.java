package dev.rookery.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.catalog.clusters.ClusterCredential;
import dev.rookery.engines.testing.TestEngines;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Which errors are worth another try")
class ClickHouseExceptionTest {
    @Test
    @DisplayName("Exactly those of load, memory and lost connections, by ClickHouse's own names")
    void retriable() {
        String codes = IntStream.rangeClosed(1, 1_100)
                .filter(code -> new ClickHouseException(code, "", null).isRetriable())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        var server = TestEngines.clickHouse();
        var admin = server.users().admin();
        try (var http = new ClickHouseHttp(1, Duration.ofSeconds(30))) {
            String names = http.text(
                    server.http(),
                    new ClusterCredential(admin.user(), admin.password()),
                    ClickHouseRequest.of("SELECT errorCodeToName(arrayJoin([" + codes + "]))"));
            assertThat(List.of(names.split("\n", -1)))
                    .containsExactlyInAnyOrder(
                            "TIMEOUT_EXCEEDED",
                            "TOO_MANY_SIMULTANEOUS_QUERIES",
                            "NO_FREE_CONNECTION",
                            "SOCKET_TIMEOUT",
                            "NETWORK_ERROR",
                            "ABORTED",
                            "MEMORY_LIMIT_EXCEEDED",
                            "TABLE_IS_READ_ONLY",
                            "NOT_ENOUGH_SPACE",
                            "TOO_MANY_PARTS",
                            "UNKNOWN_STATUS_OF_INSERT",
                            "QUERY_WAS_CANCELLED",
                            "KEEPER_EXCEPTION");
        }
        assertThat(new ClickHouseException(ClickHouseException.UNREACHABLE, "", null).isRetriable())
                .isTrue();
    }
}
