package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.gateway.testing.Gateway;
import dev.rookery.gateway.testing.Http;
import dev.rookery.gateway.testing.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Answers in motion")
class StreamingTest {
    private static final String ENDLESS = "SELECT count() FROM numbers(100000000000) WHERE cityHash64(number) = 1";

    @Test
    @DisplayName("a big result streams through in little memory")
    void big() throws Exception {
        String token = Tenant.create("streaming").token("ADMIN");
        String sql = "SELECT number, repeat('x', 100) AS text FROM numbers(1000000) FORMAT TabSeparated";
        long before = heap();
        long most = 0;
        long bytes = 0;
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream in = client.send(
                                Http.request("/v0/sql?q=" + Http.encode(sql), token)
                                        .build(),
                                BodyHandlers.ofInputStream())
                        .body()) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                if (bytes % (1 << 25) < read) {
                    most = Math.max(most, heap());
                }
            }
        }
        assertThat(bytes).isGreaterThan(100_000_000);
        assertThat(most - before).as("heap growth in bytes").isLessThan(64L << 20);
    }

    @Test
    @DisplayName("rule 16: an error after the first bytes cuts the connection")
    void brokenOff() {
        String token = Tenant.create("broken").token("ADMIN");
        String sql = "SELECT throwIf(number = 5000000, 'late'), repeat('x', 20) FROM numbers(6000000)"
                + " SETTINGS max_threads = 1, max_block_size = 10000 FORMAT TabSeparated";
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> client.send(
                            Http.request("/v0/sql?q=" + Http.encode(sql), token).build(), BodyHandlers.ofByteArray()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName("GW-15: a client that goes away before the first byte cancels its query")
    void goneBefore() throws Exception {
        Tenant tenant = Tenant.create("gone");
        tenant.deploy(Map.of("e.pipe", "NODE n\nSQL >\n    " + ENDLESS + " AND 'gone' = 'gone'\nTYPE endpoint\n"));
        String token = tenant.token("ADMIN");
        URI url = URI.create(Gateway.shared().url());
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET /v0/pipes/e.json?token=" + token + " HTTP/1.1\r\nHost: x\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> running(tenant) == 1);
        }
        // The limit of the fixture is 6 s: it must be gone well before.
        Awaitility.await().atMost(Duration.ofSeconds(4)).until(() -> running(tenant) == 0);
    }

    @Test
    @DisplayName("GW-15: a client that goes away in the middle cancels its query")
    void goneAfter() throws Exception {
        Tenant tenant = Tenant.create("gone_after");
        String token = tenant.token("ADMIN");
        String sql = "SELECT number, repeat('x', 100) FROM numbers(1000000000) FORMAT TabSeparated";
        URI url = URI.create(Gateway.shared().url());
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write(("GET /v0/sql?q=" + Http.encode(sql) + "&token=" + token + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
            assertThat(running(tenant)).isEqualTo(1);
        }
        Awaitility.await().atMost(Duration.ofSeconds(4)).until(() -> running(tenant) == 0);
    }

    private static long running(Tenant tenant) {
        String comment = "%\"workspace\":\"" + tenant.name() + "\"%";
        return Gateway.shared()
                .clickHouse()
                .query("SELECT count() AS c FROM system.processes WHERE Settings['log_comment'] LIKE '" + comment + "'")
                .getFirst()
                .getLong("c");
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
