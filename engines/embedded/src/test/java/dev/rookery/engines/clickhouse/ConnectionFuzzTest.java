package dev.rookery.engines.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.engines.clickhouse.HostileConnections.Ending;
import dev.rookery.engines.testing.ClickHouseQueries;
import dev.rookery.engines.testing.TestEngines;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Aborted and garbled requests, by the hundred; by the thousand with the system property {@code rookery.soak}. */
@DisplayName("A ClickHouse node under fuzz")
class ConnectionFuzzTest {
    private static final int CONNECTIONS = Boolean.getBoolean("rookery.soak") ? 6_000 : 300;
    private static final int CLIENTS = 6;
    private static final long SEED = 20_260_101L;

    @Test
    @DisplayName("serves on after aborted and garbled requests")
    void survives() throws Exception {
        try (var node = TestEngines.newClickHouse();
                var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var connection = node.connection();
            var admin = connection.users().admin();
            ClickHouseQueries.run(connection, admin, "", "CREATE DATABASE ws_0001");
            ClickHouseQueries.run(
                    connection, admin, "", "CREATE TABLE ws_0001.z (n Int32, s String) ENGINE = MergeTree ORDER BY n");
            long pid = node.pid();

            var tasks = IntStream.range(0, CONNECTIONS)
                    .mapToObj(i -> (Callable<Long>) () -> oneConnection(connection, new Random(SEED + i)))
                    .toList();
            for (var task : clients.invokeAll(tasks)) {
                task.get();
            }

            assertThat(node.isRunning()).isTrue();
            assertThat(node.pid()).isEqualTo(pid);
            assertThat(ClickHouseQueries.run(connection, admin, "", "SELECT 1")).isEqualTo("1");
        }
    }

    private static long oneConnection(ClickHouseConnection node, Random random) throws Exception {
        byte[] request = request(node.users().admin().password(), random).getBytes(StandardCharsets.ISO_8859_1);
        if (random.nextInt(5) == 0) {
            for (int i = 0; i < request.length; i++) {
                if (random.nextInt(100) == 0) {
                    request[i] = (byte) random.nextInt(256);
                }
            }
        }
        byte[] sent = Arrays.copyOf(request, random.nextInt(request.length + 1));
        Ending ending = random.nextBoolean() ? Ending.RESET : Ending.CLOSE;
        return RawClient.send(node.http().getPort(), sent, random.nextInt(20), ending);
    }

    private static String request(String password, Random random) {
        String login = "/?user=admin&password=" + password;
        String rows = "1,a\n".repeat(1 + random.nextInt(3000));
        String insert = "POST " + login + "&query=insert+into+ws_0001.z+format+CSV HTTP/1.1\r\nHost: x\r\n";
        return switch (random.nextInt(5)) {
            case 0 -> get(login, "select+1");
            case 1 -> insert + "Content-Length: " + rows.length() + "\r\n\r\n" + rows;
            case 2 ->
                insert + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(rows.length()) + "\r\n" + rows
                        + "\r\n0\r\n\r\n";
            case 3 -> get(login, "select+number+from+numbers(200000)");
            default -> get(login, "select+sleep(0.05)");
        };
    }

    private static String get(String login, String query) {
        return "GET " + login + "&query=" + query + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }
}
