package dev.rookery.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.catalog.clusters.ClusterCredential;
import dev.rookery.engines.Credentials;
import dev.rookery.engines.clickhouse.ClickHouseConnection;
import dev.rookery.engines.testing.TestEngines;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("ClickHouse's HTTP interface on the hot paths")
class ClickHouseHttpTest {
    private static final ClickHouseConnection SERVER = TestEngines.clickHouse();
    private static final ClusterCredential ADMIN = credential(SERVER.users().admin());
    private static final ClickHouseHttp HTTP = new ClickHouseHttp(8, Duration.ofSeconds(60));
    private static final String ENDLESS = "SELECT number FROM system.numbers FORMAT RowBinary";

    @AfterAll
    static void close() {
        HTTP.close();
    }

    private static ClusterCredential credential(Credentials user) {
        return new ClusterCredential(user.user(), user.password());
    }

    private static String text(ClickHouseHttp http, String statement) {
        return http.text(SERVER.http(), ADMIN, ClickHouseRequest.of(statement));
    }

    private static String text(String statement) {
        return text(HTTP, statement);
    }

    private static ClickHouseResponse send(ClickHouseHttp http, ClickHouseRequest request) {
        return http.send(SERVER.http(), ADMIN, request);
    }

    private static void assertCode(int code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ClickHouseException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static void awaitEnd(String queryId) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                text("SELECT count() FROM system.processes WHERE query_id = '" + queryId + "'"))
                        .isEqualTo("0"));
    }

    @Test
    @DisplayName("Statements, parameters and settings arrive as they are, whatever the characters")
    void parameters() {
        for (String value : new String[] {"", "a&b=c", "100% +x", "päß🐦", "'; DROP TABLE x --", "#?/"}) {
            String hex = HexFormat.of().withUpperCase().formatHex(value.getBytes(StandardCharsets.UTF_8));
            assertThat(HTTP.text(
                            SERVER.http(),
                            ADMIN,
                            ClickHouseRequest.of(
                                            "SELECT hex({x:String}), '" + value.replace("'", "\\'") + "' = {x:String}")
                                    .with("param_x", value)))
                    .isEqualTo(hex + "\t1");
        }
        assertThat(HTTP.text(
                        SERVER.http(),
                        ADMIN,
                        ClickHouseRequest.of("SELECT getSetting('max_threads')").with("max_threads", "3")))
                .isEqualTo("3");
    }

    @Test
    @DisplayName("The body of an insert is sent byte for byte behind its statement")
    void insert() {
        String table = "default.http_" + UUID.randomUUID().toString().replace('-', '_');
        text("CREATE TABLE " + table + " (b String) ENGINE = Memory");
        byte[] row = new byte[1 + 100];
        row[0] = 100;
        for (int i = 1; i < row.length; i++) {
            row[i] = (byte) (i * 7);
        }
        HTTP.text(SERVER.http(), ADMIN, ClickHouseRequest.insert("INSERT INTO " + table + " FORMAT RowBinary", row));
        assertThat(text("SELECT hex(b) FROM " + table))
                .isEqualTo(HexFormat.of().withUpperCase().formatHex(row, 1, row.length));
        text("DROP TABLE " + table);
    }

    @Test
    @DisplayName("An answer streams: its first bytes are there long before its end")
    void streams() throws IOException {
        try (ClickHouseResponse response = send(HTTP, ClickHouseRequest.of(ENDLESS))) {
            var numbers = new DataInputStream(response.body());
            for (long expected = 0; expected < 100_000; expected++) {
                assertThat(Long.reverseBytes(numbers.readLong())).isEqualTo(expected);
            }
            assertThat(response.header("X-ClickHouse-Format")).contains("RowBinary");
            assertThat(response.header("No-Such-Header")).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"cancel", "close"})
    @DisplayName("Cancelling, or closing before the end, ends the query in ClickHouse")
    void cancel(String how) throws IOException {
        String queryId = UUID.randomUUID().toString();
        ClickHouseResponse response = send(HTTP, ClickHouseRequest.of(ENDLESS).with("query_id", queryId));
        assertThat(response.body().readNBytes(100_000)).hasSize(100_000);
        assertThat(text("SELECT count() FROM system.processes WHERE query_id = '" + queryId + "'"))
                .isEqualTo("1");
        if (how.equals("cancel")) {
            response.cancel();
        }
        response.close();
        awaitEnd(queryId);
    }

    @Test
    @DisplayName("Another thread may cancel what is being read")
    void cancelFromOutside() throws Exception {
        String queryId = UUID.randomUUID().toString();
        try (ClickHouseResponse response =
                send(HTTP, ClickHouseRequest.of(ENDLESS).with("query_id", queryId))) {
            InputStream body = response.body();
            assertThat(body.read()).isZero();
            Thread canceller = Thread.ofVirtual().start(response::cancel);
            assertThatThrownBy(() -> body.transferTo(java.io.OutputStream.nullOutputStream()))
                    .isInstanceOf(IOException.class);
            canceller.join();
        }
        awaitEnd(queryId);
    }

    @Test
    @DisplayName("An error before the first byte has ClickHouse's code and words")
    void errorBefore() {
        assertThatThrownBy(() -> text("SELECT * FROM default.no_such_table"))
                .isInstanceOfSatisfying(ClickHouseException.class, e -> {
                    assertThat(e.code()).isEqualTo(60);
                    assertThat(e.isRetriable()).isFalse();
                })
                .hasMessageContaining("no_such_table");
        assertCode(62, () -> text("SELEC 1"));
        assertCode(
                516,
                () -> HTTP.text(
                        SERVER.http(), new ClusterCredential("nobody", "wrong"), ClickHouseRequest.of("SELECT 1")));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"gzip", "deflate", "zstd", "br"})
    @DisplayName("An error has its code and no rubbish for words when the client asked for a compressed answer")
    void compressedError(String coding) {
        ClickHouseRequest request = ClickHouseRequest.of("SELECT * FROM default.no_such_table")
                .with("enable_http_compression", "1")
                .withHeader("Accept-Encoding", coding);
        assertThatThrownBy(() -> send(HTTP, request))
                .isInstanceOfSatisfying(
                        ClickHouseException.class, e -> assertThat(e.code()).isEqualTo(60))
                .message()
                .containsAnyOf("no_such_table", "ClickHouse answered 404")
                .matches(words -> coding.equals("zstd") || coding.equals("br") || words.contains("no_such_table"));
    }

    @Test
    @DisplayName("An error in mid-stream is never taken for the end of the answer (ALGORITHMS.md 16)")
    void errorInMidStream() {
        ClickHouseRequest request = ClickHouseRequest.of(
                "SELECT number, throwIf(number = 3000000, 'in the middle') FROM numbers(10000000) FORMAT RowBinary");
        assertThatThrownBy(() -> {
                    try (ClickHouseResponse response = send(HTTP, request)) {
                        response.body().readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> HTTP.text(SERVER.http(), ADMIN, request))
                .isInstanceOfSatisfying(
                        ClickHouseException.class,
                        e -> assertThat(e.isRetriable()).isTrue());
    }

    @Test
    @DisplayName("No way of ending a call loses its connection: one connection serves them all, one after the other")
    void connectionsComeBack() throws IOException {
        try (var single = new ClickHouseHttp(1, Duration.ofSeconds(60))) {
            for (int i = 0; i < 10; i++) {
                assertCode(60, () -> text(single, "SELECT * FROM default.no_such_table"));
                ClickHouseResponse early = send(single, ClickHouseRequest.of(ENDLESS));
                assertThat(early.body().readNBytes(1_000)).hasSize(1_000);
                early.close();
                ClickHouseResponse cancelled = send(single, ClickHouseRequest.of(ENDLESS));
                cancelled.cancel();
                cancelled.close();
                try (ClickHouseResponse unread = send(single, ClickHouseRequest.of("SELECT 1"))) {
                    assertThat(unread.header("X-ClickHouse-Query-Id")).isPresent();
                }
                assertThat(text(single, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    @Test
    @DisplayName("An error leaves the connection in use: the next statement goes the same way")
    void reuse() {
        String port = "SELECT port FROM system.processes WHERE query_id = queryID()";
        try (var single = new ClickHouseHttp(1, Duration.ofSeconds(60))) {
            String first = text(single, port);
            assertThat(text(single, port)).isEqualTo(first);
            assertCode(62, () -> text(single, "SELEC 1"));
            assertThat(text(single, port)).isEqualTo(first);
        }
    }

    @Test
    @DisplayName("A server that is not there, hangs up or stays silent is unreachable, which is worth another try")
    void unreachable() throws Exception {
        assertUnreachable(HTTP, nobodyListens());
        try (var silent = new ServerSocket(0);
                var impatient = new ClickHouseHttp(1, Duration.ofMillis(300))) {
            assertUnreachable(impatient, URI.create("http://localhost:" + silent.getLocalPort()));
        }
        for (String answer : new String[] {
            "",
            "nonsense\r\n\r\n",
            "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html; charset=no-such\r\nContent-Length: 4\r\n\r\nbusy",
            "HTTP/1.1 500 Oops\r\nX-ClickHouse-Exception-Code: many\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 302 Found\r\nLocation: http://localhost:1/\r\nContent-Length: 0\r\n\r\n"
        }) {
            try (var server = new ServerSocket(0)) {
                Thread.ofVirtual().start(() -> answerOnce(server, answer));
                assertUnreachable(HTTP, URI.create("http://localhost:" + server.getLocalPort()));
            }
        }
    }

    private static void answerOnce(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            assertThat(socket.getInputStream().read(new byte[8_192])).isPositive();
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertUnreachable(ClickHouseHttp http, URI url) {
        assertThatThrownBy(() -> http.text(url, ADMIN, ClickHouseRequest.of("SELECT 1")))
                .as(url.toString())
                .isInstanceOfSatisfying(ClickHouseException.class, e -> {
                    assertThat(e.code()).isEqualTo(ClickHouseException.UNREACHABLE);
                    assertThat(e.isRetriable()).isTrue();
                    assertThat(String.valueOf(e.getMessage())).doesNotContain(ADMIN.password());
                });
    }

    @Test
    @DisplayName("The administration's client speaks of the same errors with the same codes")
    void admin() throws Exception {
        try (var admin = new ClickHouseAdmin(SERVER.http(), ADMIN, Map.of("max_threads", "2"))) {
            assertThat(admin.query("SELECT getSetting('max_threads')::UInt64 AS n")
                            .getFirst()
                            .getLong("n"))
                    .isEqualTo(2);
            assertCode(60, () -> admin.query("SELECT * FROM default.no_such_table"));
            assertCode(60, () -> admin.execute("DROP TABLE default.no_such_table"));
            admin.execute("SELECT 1");
        }
        try (var admin = new ClickHouseAdmin(nobodyListens(), ADMIN, Map.of())) {
            assertCode(ClickHouseException.UNREACHABLE, () -> admin.execute("SELECT 1"));
            assertCode(ClickHouseException.UNREACHABLE, () -> admin.query("SELECT 1"));
        }
    }

    private static URI nobodyListens() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return URI.create("http://localhost:" + socket.getLocalPort());
        }
    }
}
